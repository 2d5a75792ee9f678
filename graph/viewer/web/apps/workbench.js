// The workbench of a server: ties YASGUI to the endpoint, with examples, links to things, names, files
// and drawings. All text of the graph goes into the page with textContent.
import { announce } from '../ui/announce.js';
import { button, element, find, findAll, tell } from '../ui/dom.js';
import { gathered, stop } from '../ui/roving.js';
import { direction, language, say, speak, spoken } from '../words/index.js';
import { formOf } from './forms.js';
import { accessible, mended } from './mending.js';
import { at, drawingPlugin, finished, linked, problem } from './results.js';

const { Yasgui } = hudnaYasgui;
const { Yasqe, Yasr } = Yasgui;
const NARROW = window.matchMedia('(max-width: 60rem)');

// --- YASGUI -----------------------------------------------------------------------------------

// Words to complete are those of this graph; without an id for it, nothing is kept in the browser.
function completers(known) {
  const prefixes = Object.entries(known.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort();
  const words = [['property', known.properties], ['class', known.classes], ['prefixes', prefixes]];
  for (const [from, listed] of words) {
    const completer = { name: `${from}-here`, persistenceId: null, bulk: true, get: async () => listed };
    Yasqe.forkAutocompleter(from, completer, true);
  }
  Yasqe.defaults.autocompleters = ['variables', 'property-here', 'class-here', 'prefixes-here'];
}

function opened(known) {
  completers(known);
  Yasr.registerPlugin('drawing', drawingPlugin(known));
  Object.assign(Yasr.defaults, {
    prefixes: known.prefixes,
    pluginOrder: ['table', 'response', 'drawing'],
    errorRenderers: [problem],
    persistenceId: null,
  });
  Yasqe.defaults.persistenceId = null;
  Yasqe.defaults.createShareableLink = undefined;
  return new Yasgui(find('#yasgui'), {
    persistenceId: null,
    populateFromUrl: false,
    copyEndpointOnNewTab: true,
    autofocus: false,
    requestConfig: {
      endpoint: at('sparql'),
      method: 'POST',
      acceptHeaderSelect: 'application/sparql-results+json',
      acceptHeaderGraph: 'text/turtle',
    },
    yasqe: { value: start(known), editorHeight: '320px', resizeable: true },
  });
}

function start(known) {
  const { sparql } = asked(known) ?? {};
  return sparql ?? known.groups[0]?.queries[0]?.sparql ?? 'SELECT * WHERE { ?s ?p ?o } LIMIT 10\n';
}

// The example or the query that the fragment of the address gives; it is shown, not run.
function asked(known) {
  const given = inAddress();
  if (given.has('query')) return { sparql: given.get('query') };
  const all = known.groups.flatMap(group => group.queries);
  return all.find(one => one.name === given.get('example'));
}

const inAddress = () => new URLSearchParams(location.hash.slice(1));

// --- Questions ----------------------------------------------------------------------------------

// Answers come in any order; of what was asked for, the last counts.
let asks = 0;
function begun() {
  asks += 1;
  const mine = asks;
  return () => mine === asks;
}

async function told(path) {
  const answer = await fetch(at(path));
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail ?? found.title);
  return found;
}

// Shows the form of a named query with values, unless another is asked for meanwhile; asking puts both into the address.
async function showForm(known, name, values) {
  const isLast = begun();
  const form = await told(`query/form/${encodeURIComponent(name)}?lang=${language()}`);
  if (!isLast()) return false;
  const made = formOf(form, known.names, values, given => {
    const hash = `#${new URLSearchParams({ ask: name, ...given })}`;
    if (hash === location.hash) put(known, name, given);
    else location.hash = hash;
  });
  find('#form').replaceChildren(made);
  return true;
}

// Asks a named query with values, as the address has them.
async function put(known, name, values) {
  const isLast = begun();
  const problem_ = find('#ask-problem');
  problem_.hidden = true;
  try {
    const { sparql } = await told(`query/asked/${encodeURIComponent(name)}?${new URLSearchParams(values)}`);
    if (!isLast()) return;
    const tab = known.yasgui.getTab();
    tab.setQuery(sparql);
    hideQuery(known, true);
    await tab.getYasqe().query();
  } catch (error) {
    if (!error?.message || !isLast()) return;
    problem_.textContent = error.message;
    problem_.hidden = false;
    announce(error.message, true);
  }
}

function hideQuery(known, hidden) {
  const asking = find('#asking');
  asking.classList.toggle('asked', hidden);
  const toggle = find('#sparql-shown');
  toggle.hidden = !find('#form').firstChild;
  toggle.setAttribute('aria-expanded', String(!hidden));
  toggle.textContent = say(hidden ? 'workbench.show' : 'workbench.hide');
  if (!hidden) known.yasgui.getTab().getYasqe().refresh();
}

// Shows and asks what the address says; nothing if it names no question.
async function arrived(known) {
  const { ask, ...values } = Object.fromEntries(inAddress());
  if (!ask) return;
  try {
    if (!await showForm(known, ask, values)) return;
  } catch (error) {
    tell(find('#about'), error.message);
    announce(error.message, true);
    return;
  }
  tell(find('#about'), '');
  await put(known, ask, values);
}

function watched(known, yasgui) {
  const seen = new WeakSet();
  return () => {
    for (const tab of Object.values(yasgui._tabs)) {
      const yasr = tab.getYasr();
      if (!yasr || seen.has(yasr)) continue;
      seen.add(yasr);
      accessible(tab);
      yasr.on('drawn', () => finished(known, yasr));
      new MutationObserver(() => linked(known, yasr.resultsEl))
        .observe(yasr.resultsEl, { childList: true, subtree: true });
    }
  };
}

// --- Examples ---------------------------------------------------------------------------------

function listed(known, choose) {
  for (const group of known.groups) {
    const items = group.queries.map(one => {
      const made = button(one.title, () => choose(one), { title: one.text });
      made.dataset.example = one.name;
      return element('li', '', {}, made);
    });
    const list = gathered(element('ul', '', {}, ...items));
    const summary = element('summary', say('workbench.listed', { title: group.title, n: group.queries.length }));
    find('#groups').append(element('details', '', {}, summary, list));
  }
}

function found(known) {
  const words = find('#find').value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  known.groups.forEach((group, place) => {
    const box = find('#groups').children[place];
    let here = 0;
    group.queries.forEach((one, row) => {
      const text = `${one.name} ${one.title} ${one.text}`.toLowerCase();
      const fits = words.every(word => text.includes(word));
      box.querySelector('ul').children[row].hidden = !fits;
      here += fits;
    });
    stop(box, 'button', box.querySelector('li:not([hidden]) button'));
    box.hidden = !here;
    box.open = words.length > 0 && here > 0;
    count += here;
  });
  tell(find('#found'), words.length ? say('workbench.found', { n: count }) : '');
  announce(find('#found').textContent);
}

async function main() {
  const answer = await fetch(at(`query/examples.json?lang=${language()}`));
  if (!answer.ok) throw new Error(say('workbench.no-examples'));
  const known = await answer.json();
  document.title = say('workbench.of', { title: known.title });
  find('#case').textContent = `${known.title}.`;
  const yasgui = opened(known);
  known.yasgui = yasgui;
  mended(find('#yasgui'));
  const watch = watched(known, yasgui);
  const later = () => setTimeout(watch);
  for (const event of ['tabAdd', 'tabSelect', 'tabChange']) yasgui.on(event, later);
  watch();
  const choose = one => {
    const tab = yasgui.getTab();
    tab.setName(one.title.length > 30 ? `${one.title.slice(0, 29)}…` : one.title);
    tab.setQuery(one.sparql);
    tell(find('#about'), one.text);
    find('#form').replaceChildren();
    if (one.query) showForm(known, one.query, one.values ?? {}).then(shown => shown && hideQuery(known, false));
    hideQuery(known, false);
    announce(one.text);
    for (const each of findAll('[data-example]')) {
      each.toggleAttribute('aria-current', each.dataset.example === one.name);
    }
    if (NARROW.matches) find('#examples-box').open = false;
    find('#asking').focus({ preventScroll: true });
    find('#asking').scrollIntoView({ block: 'start' });
  };
  listed(known, choose);
  find('#sparql-shown').addEventListener('click', () => hideQuery(known, !find('#asking').classList.contains('asked')));
  window.addEventListener('hashchange', () => arrived(known));
  arrived(known);
  find('#find').addEventListener('input', () => found(known));
  if (NARROW.matches) find('#examples-box').open = false;
  else if (find('#groups').firstChild) find('#groups').firstChild.open = true;
}

// The language is that of the address: ?lang=ar.
function speaking() {
  const tables = JSON.parse(find('#words').textContent);
  speak(tables, new URLSearchParams(location.search).get('lang') ?? undefined);
  Object.assign(document.documentElement, { lang: language(), dir: direction() });
  spoken(document);
  for (const tag of Object.keys(tables).filter(one => one !== language())) {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
    const link = element('a', name, { lang: tag, dir: direction(tag), hreflang: tag });
    link.addEventListener('click', () => { link.href = `?lang=${tag}${location.hash}`; });
    link.href = `?lang=${tag}`;
    find('#tongues').append(link);
  }
  if (language() !== 'en') find('#page').href = `./#lang=${language()}`;
}

speaking();
main().catch(error => {
  tell(find('#about'), say('workbench.failed', { why: error.message }));
  announce(find('#about').textContent);
});
