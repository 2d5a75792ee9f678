// The one or two drawings: what they show, and where hands have moved them.
import * as model from '../core/index.js';
import { pageFonts } from '../draw/canvas.js';
import * as sigma from '../draw/sigma.js';
import * as vis from '../draw/vis.js';
import { fitted, isUpright, swapped } from '../scene/camera.js';
import { gathered } from '../scene/groups.js';
import * as looks from '../scene/looks.js';
import { rings } from '../scene/rings.js';
import { memo } from '../state/memo.js';
import { find } from '../ui/dom.js';
import { say } from '../words/index.js';
import { put } from './arranging.js';
import { afterTaps, noTap } from './room.js';

const PAN = 60;
const SHEET = 0.5; // So much of a small screen the sheet covers at first.
const CLEAR = 40;
const SIDES = [0, 1];
const DARK = window.matchMedia('(prefers-color-scheme: dark)');

/** @type {(statement: Statement) => [Id, Id]} */
const linked = ({ s, o = s }) => [s, o];

/** @type {(app: any) => any} */
export function createDrawings(app) {
  const { data, select } = app;
  /** @type {Painter} */
  const painter = { vis, sigma }[data.drawn.by];
  const fromDrawing = new Map(
    [...data.drawn.places, ...data.drawn.lines].map(([id, { id: drawn }]) => [drawn, id]),
  );
  for (const { id, drawn } of model.groups(data).values()) fromDrawing.set(drawn, id);
  // A bundle is drawn as one line or as two.
  const idOf = drawn => fromDrawing.get(drawn) ?? drawn.slice(0, -1);
  /** @type {Map<Id, [number, number]>} */
  const amongActors = new Map([...data.drawn.places].flatMap(([id, { among }]) => (among ? [[id, among]] : [])));
  /** @type {Drawing[]} */
  const drawings = [];
  const told = [{}, {}]; // What each was shown last.
  let untouched = true; // Until somebody moves the picture, it fits the window.
  let chosenLight = null; // What is lit while the mouse points at nothing.
  let onPaper = false;
  let sheetWas = 'shut';
  let turned = false; // Whether x and y are exchanged, for a frame that is higher than wide.

  // --- What is drawn -----------------------------------------------------------------------------

  const colours = memo(state => [state.theme, DARK.matches, onPaper], () => {
    looks.forget();
    return looks.theme();
  });

  // The items of each side; what is chosen changes none of them.
  const [firstItems, secondItems] = SIDES.map(side => {
    const found = state => (side ? select.others(state) : select.lines(state));
    const marked = memo(
      state => [select.marked(state), select.only(state), select.own[side](state), ...select.turns(state)],
      state => ({
        strong: select.marked(state),
        only: select.only(state)?.[side] ?? null,
        own: select.own[side](state),
        turns: select.turns(state)[side],
      }),
    );
    const inputs = state => [found(state), marked(state), colours(state)];
    const edges = memo(
      state => [...inputs(state), state.colour],
      state => looks.edges(data, found(state), state.colour, marked(state)),
    );
    const nodes = memo(
      state => [...inputs(state), state.label],
      state => looks.nodes(data, found(state), state.label, marked(state)),
    );
    // A neighbourhood has places of its own, and so have actors by themselves.
    const around = memo(
      state => [found(state), state.near],
      state => (state.near ? rings(state.near, [...found(state).keys()].map(id => linked(data.statements.get(id)))) : null),
    );
    const own = memo(
      state => [state.projection, state.places, select.outlines[side](state).closed.size],
      state => (
        state.projection === 'actors' && !select.outlines[side](state).closed.size
          ? new Map([...amongActors, ...state.places])
          : state.places
      ),
    );
    const placed = memo(
      state => [nodes(state), own(state), around(state)],
      state => putSomewhere(nodes(state), around(state) ?? own(state)),
    );
    const whole = memo(
      state => [placed(state), edges(state), select.outlines[side](state), state.label],
      state => gathered(data, select.outlines[side](state), { nodes: placed(state), edges: edges(state) }, state.label),
    );
    return memo(
      state => [whole(state), turned],
      state => (turned ? { ...whole(state), nodes: whole(state).nodes.map(swapped) } : whole(state)),
    );
  });

  // The nodes, those that hands have put somewhere there.
  function putSomewhere(nodes, places) {
    if (!places.size) return nodes;
    const moved = new Map([...places].map(([id, at]) => [data.drawn.places.get(id)?.id, at]));
    return nodes.map(node => {
      const at = moved.get(node.id);
      return at ? { ...node, x: at.x ?? at[0], y: at.y ?? at[1] } : node;
    });
  }

  const items = memo(
    state => [firstItems(state), state.compare && secondItems(state)],
    state => (state.compare ? [firstItems(state), secondItems(state)] : [firstItems(state)]),
  );

  // What of the first drawing stands for a thing, a statement or a group; null for what is not drawn.
  function drawnAs(state, id) {
    const { places, lines } = data.drawn;
    const { stands, bundles } = select.outlines[0](state);
    const statement = data.statements.get(id);
    const [one, other] = statement ? linked(statement).map(end => stands.get(end) ?? end).sort() : [];
    const bundle = bundles.get(id) ?? bundles.get(`between:${one}~${other}`);
    if (bundle) return `${bundle.id}${bundle.firm.length ? '+' : '-'}`;
    const group = model.groups(data).get(stands.get(id) ?? (one === other ? one : id));
    return group?.drawn ?? (places.get(id) ?? lines.get(id))?.id ?? null;
  }

  const NOTHING = { nodes: [], edges: [] };

  function show(state) {
    if (state.compare && drawings.length === 1) create(2);
    const chosen = drawnAs(state, state.pointed.split(' ')[0] || state.sel);
    const theme = colours(state);
    // What a question or a way marks is not dimmed for what is chosen in it.
    chosenLight = select.marked(state) ? null : chosen;
    drawings.forEach((drawing, i) => {
      const shown = items(state)[i] ?? NOTHING;
      const before = told[i];
      if (before.theme !== theme) drawing.theme(theme);
      if (before.shown !== shown || before.theme !== theme) drawing.show(shown.nodes, shown.edges);
      if (before.chosen !== chosen || before.shown !== shown) drawing.select(chosen);
      if (before.light !== chosenLight) drawing.light(chosenLight);
      told[i] = { theme, shown, chosen, light: chosenLight };
    });
    // What was moved clear of the sheet has all the room again.
    const gone = sheetWas !== 'shut' && state.sheet === 'shut';
    sheetWas = state.sheet;
    if (gone && untouched) fit();
  }

  function create(side) {
    const drawing = painter.create(find(`#drawing-${side}`), {
      label: say('drawings.label'),
      fonts: pageFonts(),
      taken: () => covered(find(`#drawing-${side}`)),
      on: {
        hover: id => drawings.forEach(one => one.light(id ?? chosenLight)),
        node: id => choose(id),
        edge: id => choose(id),
        nothing: () => {},
        open,
        placed(id, x, y) {
          untouched = false;
          if (app.state.near || select.outlines[side - 1](app.state).closed.size) putBack();
          else put(app, idOf(id), ...laid({ x, y }));
        },
        moved: seen => moved(side, seen),
      },
    });
    drawing.theme(colours(app.state));
    drawings.push(drawing);
    if (side === 1) turn();
    if (side === 2) requestAnimationFrame(() => (untouched ? fit() : drawing.look(drawings[0].view())));
  }

  // Between places as all know them and those of the picture, in either direction.
  function laid(point) {
    const { x, y } = turned ? swapped(point) : point;
    return [x, y];
  }

  // Turns the picture if the frame of the first asks for it; says whether it did. What is not seen stays as it is.
  function turn() {
    const { clientWidth: width, clientHeight: height } = find('#drawing-1');
    if (!width || isUpright({ width, height }) === turned) return false;
    turned = !turned;
    return true;
  }

  // Where something stands over a drawing, in pixels from its corner.
  function covered(place) {
    const { left, top } = place.getBoundingClientRect();
    return ['#zoom', '#extent'].map(id => find(id).getBoundingClientRect()).map(box => ({
      left: box.left - left, right: box.right - left, top: box.top - top, bottom: box.bottom - top,
    }));
  }

  // What stands elsewhere than in the whole drawing goes back to where it was.
  function putBack() {
    told.forEach(one => delete one.shown);
    show(app.state);
  }

  function choose(drawn) {
    const id = idOf(drawn);
    const group = model.groups(data).get(id);
    const whole = untouched && Boolean(group);
    untouched = false;
    afterTaps(() => {
      app.set({ sel: id, panel: 'evidence', ...(group ? { opened: model.turned(data, app.state.opened, group, true) } : {}) });
      find('#panel-evidence').scrollTop = 0;
      if (whole) fit();
      keepClear();
    });
  }

  function open(drawn) {
    noTap();
    const id = idOf(drawn);
    if (data.nodes.has(id)) app.set({ near: id, sel: id, panel: 'evidence' }, { refit: true });
  }

  // --- Where it is looked at ---------------------------------------------------------------------

  function moved(side, seen) {
    const other = drawings[side === 1 ? 1 : 0];
    if (other && app.state.compare) other.look(seen);
    keepCamera();
  }

  // Puts into the address where hands have moved the drawing.
  function keepCamera() {
    untouched = false;
    const seen = drawings[0].view();
    const [x, y] = laid(seen);
    app.set({ at: [x.toFixed(1), y.toFixed(1), Number(seen.scale.toPrecision(4))].join(',') }, { how: 'along' });
  }

  // Goes to where the address says that hands had moved the drawing; says whether it does.
  function look({ at }) {
    if (!at || !drawings.length) return false;
    untouched = false;
    const [right, down, scale] = at.split(',').map(Number);
    const [x, y] = laid({ x: right, y: down });
    for (const drawing of drawings) drawing.look({ ...drawing.view(), x, y, scale });
    return true;
  }

  function bringIntoView(id) {
    const { state } = app;
    const statement = data.statements.get(id);
    const group = model.groups(data).get(id);
    const within = group && model.isOpen(state.opened, group);
    const ends = within ? group.members : statement ? [statement.s, statement.o] : model.endsOfBundle(data, id);
    const shown = select.ends(state);
    const drawn = (ends.length ? ends : [id])
      .filter(end => shown.has(end) || model.groups(data).has(end))
      .map(end => drawnAs(state, end));
    if (!drawn.length || state.show !== 'drawing') return;
    untouched = false;
    frame(drawn);
    keepClear();
    if (state.at) app.set({ at: '' });
  }

  // Moves the drawing so that the sheet does not cover what is chosen.
  function keepClear() {
    const node = items(app.state)[0].nodes.find(({ id }) => id === drawnAs(app.state, app.state.sel));
    const sheet = find('#panel');
    if (!node || getComputedStyle(sheet).position !== 'fixed') return;
    const seen = drawings[0].view();
    const { top } = find('#drawing-1').getBoundingClientRect();
    const room = window.innerHeight - (window.innerHeight * SHEET) - top;
    const at = (node.y - seen.y) * seen.scale + seen.height / 2;
    if (room < 0 || at < room - CLEAR) return;
    for (const drawing of drawings) drawing.look({ ...seen, y: seen.y + (at - room / 2) / seen.scale });
  }

  // Brings into view what the state is about: what is marked, what differs, or else all.
  function fit() {
    if (!drawings.length) return;
    untouched = true;
    const { state } = app;
    const all = select.ends(state);
    const difference = select.difference(state);
    const differing = difference ? [...difference.onlyLeft, ...difference.onlyRight] : [];
    const special = model.ends(data, [...(select.marked(state) ?? differing)].filter(app.isShown));
    const wanted = special.size ? special : all;
    const ids = [...wanted].map(id => drawnAs(state, id)).filter(Boolean);
    const whole = wanted === all && !state.near;
    frame(whole ? undefined : ids);
  }

  // Brings nodes into view, or all; two drawings that are compared show the same, also where one of them lacks some.
  function frame(ids) {
    const { state } = app;
    if (!state.compare || !drawings[1]) {
      drawings[0].fit(ids);
      return;
    }
    const both = new Map(items(state).flatMap(({ nodes }) => nodes.map(node => [node.id, node])));
    const wanted = ids ? ids.flatMap(id => both.get(id) ?? []) : both.values();
    const seen = fitted(wanted, drawings[0].view(), Boolean(ids), covered(find('#drawing-1')));
    if (seen) for (const drawing of drawings) drawing.look(seen);
  }

  function zoom(factor) {
    if (factor === 0) {
      fit();
      if (app.state.at) app.set({ at: '' });
      return;
    }
    for (const drawing of drawings) drawing.zoom(factor);
    keepCamera();
  }

  function pan(across, down) {
    for (const drawing of drawings) {
      const seen = drawing.view();
      drawing.look({ ...seen, x: seen.x + (across * PAN) / seen.scale, y: seen.y + (down * PAN) / seen.scale });
    }
    keepCamera();
  }

  function watch() {
    // Of a room of another size, the middle stays.
    const resized = () => {
      if (turn()) show(app.state);
      if (untouched) fit();
      else look(app.state);
    };
    new ResizeObserver(() => queueMicrotask(resized)).observe(find('#drawing-1'));
    DARK.addEventListener('change', () => app.refresh());
  }

  // The items as they are drawn on paper, in the colours of a light screen, while something is done.
  function forPaper(action) {
    onPaper = true;
    action();
    onPaper = false;
  }

  return {
    any: () => drawings.length > 0,
    bringIntoView,
    colours,
    create,
    drawn: side => drawings[side] && { ...drawings[side].picture(), view: drawings[side].view() },
    fit,
    forPaper,
    items,
    limits: painter.limits,
    look,
    movable: Boolean(painter.forces),
    pan,
    physics: on => drawings.forEach(drawing => drawing.physics(on)),
    show,
    view: () => drawings[0].view(),
    watch,
    zoom,
  };
}
