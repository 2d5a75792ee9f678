// What becomes of a result in the workbench: links and names instead of addresses, files, a drawing.
import { element, save } from '../ui/dom.js';
import { language, say } from '../words/index.js';
import { namesOf } from './naming.js';

const MOST_IN_ADDRESS = 50_000;
const inLanguage = () => (language() === 'en' ? '' : `&lang=${language()}`);
const HEADS = '.dt-column-title';

export const at = path => new URL(path, document.baseURI).href;

// The address on this server of a thing of the case; nothing for any other IRI.
const addressOf = (known, iri) =>
  iri.startsWith(known.base) && !iri.slice(known.base.length).includes('/')
    ? at(`id/${encodeURIComponent(iri.slice(known.base.length))}`)
    : '';

const localOf = iri => iri.slice(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1);

// Things of the case lead to their pages here; terms lead nowhere; other IRIs leave the server, and
// are marked.
export function linked(known, root) {
  for (const link of root.querySelectorAll('a.iri:not([data-linked])')) {
    const iri = link.getAttribute('href') ?? '';
    const address = addressOf(known, iri);
    const term = Object.values(known.prefixes).some(base => iri.startsWith(base));
    link.dataset.linked = address ? 'here' : term ? 'term' : 'away';
    link.dataset.iri = iri;
    link.dataset.short = link.textContent;
    link.rel = 'noopener noreferrer';
    link.title = iri;
    if (address) {
      link.href = address;
      evidence(link, iri.slice(known.base.length));
    }
    else if (term) link.removeAttribute('href');
  }
  headed(known, root);
  called(known, root);
}

// Beside a statement stands a way to its evidence in the page.
function evidence(link, id) {
  const cell = link.closest('td');
  const head = cell?.closest('table')?.tHead?.rows[0]?.cells[cell.cellIndex]?.querySelector(HEADS);
  if (!head || !/^statement\d*$/.test(variableOf(head))) return;
  link.after(' ', element('a', say('workbench.evidence'), { className: 'evidence', href: at(`./#sel=${encodeURIComponent(id)}${inLanguage()}`) }));
}

// --- Names ---------------------------------------------------------------------------------------

let byName = true; // Whether names stand in tables, or ids.

// The variable of a column, whatever its head says.
const variableOf = head => head.dataset.variable ?? head.textContent.trim();

// Puts the labels of columns in place of their variables, or the other way round.
function headed(known, root) {
  for (const head of root.querySelectorAll(`thead ${HEADS}:not(.unseen)`)) {
    const variable = variableOf(head);
    const wanted = (byName && Object.hasOwn(known.columns, variable) && known.columns[variable]) || variable;
    if (!variable || head.textContent.trim() === wanted) continue;
    head.dataset.variable = variable;
    head.textContent = wanted;
  }
}

// Puts names where ids stood, or the other way round.
async function called(known, root) {
  const links = [...root.querySelectorAll('td a.iri[data-iri]:not([data-linked="away"])')];
  const names = byName && links.length ? await namesOf(links.map(link => link.dataset.iri), at('sparql'), known.terms) : new Map();
  for (const link of links) {
    const { iri, short } = link.dataset;
    const wanted = (byName && names.get(iri)) || short;
    if (link.textContent === wanted) continue;
    link.textContent = wanted;
    link.dir = 'auto';
  }
}

function namesButton(known, yasr) {
  const made = element('button', say('workbench.names'), {
    type: 'button', className: 'save', title: say('workbench.names.what'),
  });
  made.setAttribute('aria-pressed', String(byName));
  made.addEventListener('click', () => {
    byName = !byName;
    made.setAttribute('aria-pressed', String(byName));
    headed(known, yasr.resultsEl);
    called(known, yasr.resultsEl);
  });
  return made;
}

// --- Files ---------------------------------------------------------------------------------------

const isTruth = results => typeof results.getBoolean?.() === 'boolean';

function downloads(known, yasr) {
  const { results } = yasr;
  if (!results || results.getError()) return [];
  const original = results.getOriginalResponseAsString();
  const button = (words, name, type, text) => element('button', words, {
    type: 'button', className: 'save', onclick: () => save(name, new Blob([text], { type })),
  });
  if (results.getStatements()) return [button(say('workbench.turtle'), 'result.ttl', 'text/turtle', original)];
  const json = () => button(say('workbench.json'), 'result.json', 'application/sparql-results+json', original);
  if (results.getBindings()) return [button(say('workbench.csv'), 'result.csv', 'text/csv', results.asCsv()), json(), namesButton(known, yasr)];
  return isTruth(results) ? [json()] : [];
}

// Called once a result stands there.
export function finished(known, yasr) {
  linked(known, yasr.resultsEl);
  yasr.rootEl.querySelector('.saves')?.remove();
  const saves = downloads(known, yasr);
  if (!saves.length) return;
  const group = element('div', '', { className: 'saves', role: 'group', ariaLabel: say('workbench.result') }, ...saves);
  yasr.headerEl.after(group);
}

// --- A drawing -----------------------------------------------------------------------------------

// What a result names: ids of records of the case, and triples in local names.
function named(known, results) {
  const ids = new Set();
  const triples = new Set();
  const local = term => (addressOf(known, term?.value ?? '') ? localOf(term.value) : '');
  const statements = results.getStatements();
  for (const row of statements ? [] : results.getBindings() ?? []) {
    for (const term of Object.values(row)) if (term?.type === 'uri' && local(term)) ids.add(local(term));
  }
  for (const { subject, predicate, object } of statements ?? []) {
    if (local(subject)) ids.add(local(subject));
    if (local(object)) ids.add(local(object));
    if (local(subject) && local(object)) {
      triples.add([local(subject), localOf(predicate.value), local(object)].join(','));
    }
  }
  return { ids, triples };
}

// A drawing of the statements in a result, with the viewer of the project, in a frame.
export function drawingPlugin(known) {
  return class {
    constructor(yasr) {
      this.yasr = yasr;
      this.priority = 1;
      this.label = say('workbench.drawing');
    }

    canHandleResults() {
      const { results } = this.yasr;
      if (!results || results.getError() || isTruth(results)) return false;
      const { ids, triples } = named(known, results);
      return ids.size + triples.size > 0;
    }

    async draw() {
      const { ids, triples } = named(known, this.yasr.results);
      const query = new URLSearchParams();
      if (ids.size) query.set('s', [...ids].sort().join(' '));
      if (triples.size) query.set('t', [...triples].sort().join(' '));
      const address = at(`query/drawing?${query}`);
      this.yasr.resultsEl.append(...(address.length > MOST_IN_ADDRESS ? tooLarge() : framed(`${address}#no-status=none${inLanguage()}`)));
    }

    getIcon() {
      return null;
    }
  };
}

const tooLarge = () => [element('p', say('workbench.too-large'), { className: 'told' })];

function framed(src) {
  const link = element('a', say('workbench.open-drawing'), { href: src, target: '_blank', rel: 'noopener' });
  return [
    element('iframe', '', { className: 'drawing', title: say('workbench.lines'), src }),
    element('p', '', { className: 'told' }, link),
  ];
}

// A problem as the server tells it (RFC 9457).
export async function problem(error) {
  try {
    const told = JSON.parse(error.text);
    if (!told.title) return undefined;
    return element('div', '', { className: 'problem', role: 'alert' },
      element('strong', told.title), element('p', told.detail ?? ''));
  } catch {
    return undefined;
  }
}
