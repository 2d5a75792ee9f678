// What leaves the page as a picture: files and paper, with the places and names that the screen has.
import * as model from '../core/index.js';
import { pageFonts, ruler } from '../draw/canvas.js';
import { foot } from '../draw/foot.js';
import { standing } from '../draw/standing.js';
import * as svg from '../draw/svg.js';
import { boundsOf, fitted } from '../scene/camera.js';
import { legend, statusesOf } from '../scene/legend.js';
import { colour } from '../scene/looks.js';
import * as naming from '../scene/names.js';
import { outline } from '../scene/shapes.js';
import * as states from '../state/url.js';
import * as dom from '../ui/dom.js';
import { apart, say } from '../words/index.js';

const { find } = dom;
const PAPER = { width: 1000, height: 1080, least: 360, room: 80 }; // Of a picture on paper, in pixels.
const FOLDED = '.panel:not([hidden]) details:not([open], #comparisons)';
const SYMBOL = 7; // Size of a shape in the legend, in units of its own.
const SOURCES = 4; // So many are named.

/** @type {(app: any) => void} */
export function setUpPictures(app) {
  for (const symbol of dom.findAll('svg[data-shape]')) {
    symbol.append(svg.make('path', { d: outline(symbol.dataset.shape, SYMBOL) }));
  }
  find('#save-svg').addEventListener('click', () => {
    dom.save(`${name(app)}.svg`, new Blob([svg.text(pictures(app, 1))], { type: 'image/svg+xml' }));
  });
  find('#save-png').addEventListener('click', async () => {
    const times = Number(find('#png-size').value);
    dom.save(`${name(app)}.png`, await svg.png(pictures(app, times)));
  });
}

// One picture, or the two that are compared beside each other, so many times as large as on the screen.
function pictures(app, times) {
  const shown = instead(app);
  if (shown) return times === 1 ? shown : enlarged(shown, times);
  return svg.beside(app.items.map((items, side) => {
    const { view } = app.drawn(side) ?? { view: whole(items.nodes) };
    const { width, height, scale } = view;
    return picture(app, side, { ...view, width: width * times, height: height * times, scale: scale * times });
  }));
}

// All that is drawn, for paper; it must be in the colours of a light screen already.
/** @type {(app: any) => SVGElement[]} */
export function onPaper(app) {
  const shown = instead(app);
  if (shown) return [shown];
  return app.items.map(({ nodes }, side) => picture(app, side, whole(placed(app, side, nodes))));
}

// What is shown in place of the drawing as a picture, if it is one.
/** @type {(app: any) => SVGElement | null} */
function instead(app) {
  const { show } = app.state;
  const shown = states.PICTURES.includes(show) && find(`#${show} svg`);
  if (!shown) return null;
  const theme = app.colours();
  const caption = find(`#${show}-count`).textContent;
  const statuses = statusesOf(app.data, app.select.statements(app.state).keys());
  const width = Number(shown.getAttribute('width'));
  return standing(shown, { theme, colour, fonts: pageFonts(), title: `${document.title}: ${caption}` }, foot(
    { title: document.title, caption: [[caption, ...narrowed(app)].join('. ')], legend: { statuses, colours: [], kinds: [] }, facts: [...sources(app.data), ...made(app)] },
    { width, theme, colour, measure: ruler(pageFonts()) },
  ));
}

/** @type {(picture: SVGElement, times: number) => SVGElement} */
function enlarged(picture, times) {
  for (const name of ['width', 'height']) picture.setAttribute(name, String(Number(picture.getAttribute(name)) * times));
  return picture;
}

/** @type {Set<string> | null} */
let toggled = null;

// Opens all that can be opened in the panel, and what comes to light in it.
/** @type {(app: any) => void} */
export function unfold(app) {
  toggled = app.state.toggled;
  let folded = dom.findAll(FOLDED);
  while (folded.length) {
    for (const one of folded) {
      one.dataset.folded = '';
      one.open = true;
      one.dispatchEvent(new Event('toggle')); // It would come too late by itself.
    }
    folded = dom.findAll(FOLDED);
  }
}

/** @type {(app: any) => void} */
export function afterPaper(app) {
  find('#printed').replaceChildren();
  for (const opened of dom.findAll('.panel details[data-folded]')) {
    delete opened.dataset.folded;
    opened.open = false;
  }
  if (toggled) app.set({ toggled }, { how: 'none' });
  toggled = null;
}

// A frame that holds all nodes, as wide as paper and no higher than they need.
function whole(nodes) {
  const { left, right, top, bottom } = boundsOf(nodes);
  const high = (PAPER.width * (bottom - top)) / (right - left || 1) + PAPER.room;
  const height = Math.min(PAPER.height, Math.max(PAPER.least, nodes.length ? high : 0));
  return fitted(nodes, { width: PAPER.width, height }) ?? { x: 0, y: 0, scale: 1, width: PAPER.width, height };
}

// The nodes where hands have put them.
function placed(app, side, nodes) {
  const places = app.drawn(side)?.places;
  return nodes.map(node => ({ ...node, ...places?.get(node.id) }));
}

function picture(app, side, view) {
  const { edges, nodes: given } = app.items[side];
  const nodes = placed(app, side, given);
  const theme = app.colours();
  const measure = ruler(pageFonts());
  const { lit = null, chosen = null, names = [] } = app.drawn(side) ?? {};
  return svg.draw({ nodes, edges }, {
    view,
    theme,
    title: `${document.title}: ${app.caption(side + 1)}`,
    fonts: pageFonts(),
    names: naming.placed(nodes, view, { measure, lit, before: naming.places(names) }),
    lit,
    chosen,
  }, foot(told(app, side), { width: view.width, theme, colour, measure }));
}

// --- What the foot says --------------------------------------------------------------------------

function told(app, side) {
  const { data, state } = app;
  return {
    title: document.title,
    caption: [[app.caption(side + 1), ...narrowed(app)].join('. ')],
    legend: legend(data, side ? app.second : app.first, state.colour, app.select.outlines[side](state)),
    facts: [...sources(data), ...made(app)],
  };
}

// What filters leave out, as far as that is not the usual.
function narrowed({ data, state }) {
  const usual = states.initial(data).hidden;
  return states.HIDDEN.flatMap(key => {
    const hidden = [...state.hidden[key]].filter(one => !usual[key].has(one));
    const called = hidden.map(one => data.styles.labels[`node-${one}`] ?? data.sources.get(one)?.title ?? model.word(data, one));
    return called.length ? [say(`pictures.without.${key}`, { what: called.map(apart).join(say('words.comma')) })] : [];
  });
}

function sources({ sources: all }) {
  const titles = [...all.values()].map(({ title, publisher, date }) => apart([title, publisher, date].filter(Boolean).join(', ')));
  const some = titles.slice(0, SOURCES).join(say('words.semicolon'));
  const more = titles.length - SOURCES;
  return titles.length ? [more > 0 ? say('pictures.sources-more', { titles: some, n: more }) : say('pictures.sources', { titles: some })] : [];
}

// Licence, day and address; an address of this machine is none.
function made(app) {
  const { 'Licence of the data': licence } = app.data.facts;
  const day = new Date().toISOString().slice(0, 10);
  const address = /^https?:/.test(location.protocol) ? app.address() : '';
  return [[licence && say('embed.licence', { licence }), say('pictures.made', { day }), address].filter(Boolean).join(' · ')];
}

function name(app) {
  const parts = [app.data.case, app.state.world.replaceAll(':', '-'), app.state.on];
  return parts.filter(part => part && part !== 'all').join('-');
}
