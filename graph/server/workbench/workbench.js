'use strict';

// Ties YASGUI to the endpoint of this server: examples, links to things, downloads, drawings. All
// text of the graph goes into the page with textContent.
(() => {
  const { Yasgui } = globalThis.hudnaYasgui;
  const { Yasqe, Yasr } = Yasgui;
  const at = path => new URL(path, document.baseURI).href;
  const byId = id => document.getElementById(id);
  const MOST_IN_ADDRESS = 50_000;

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // --- Results ----------------------------------------------------------------------------------

  // The address on this server of a thing of the case; nothing for any other IRI.
  const addressOf = (known, iri) =>
    iri.startsWith(known.base) && !iri.slice(known.base.length).includes('/')
      ? at(`id/${encodeURIComponent(iri.slice(known.base.length))}`)
      : '';

  const localOf = iri => iri.slice(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1);

  // Things of the case lead to their pages here; terms lead nowhere; other IRIs leave the server, and
  // are marked.
  function linked(known, root) {
    for (const link of root.querySelectorAll('a.iri:not([data-linked])')) {
      const iri = link.getAttribute('href') ?? '';
      const address = addressOf(known, iri);
      const term = Object.values(known.prefixes).some(base => iri.startsWith(base));
      link.dataset.linked = address ? 'here' : term ? 'term' : 'away';
      link.rel = 'noopener noreferrer';
      link.title = iri;
      if (address) link.href = address;
      else if (term) link.removeAttribute('href');
    }
  }

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

  function download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    element('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function isTruth(results) {
    return typeof results.getBoolean?.() === 'boolean';
  }

  function downloads(yasr) {
    const { results } = yasr;
    if (!results || results.getError()) return [];
    const original = results.getOriginalResponseAsString();
    const button = (words, ...rest) =>
      element('button', { type: 'button', className: 'save', textContent: words, onclick: () => download(...rest) });
    if (results.getStatements()) return [button('Save as Turtle', 'result.ttl', 'text/turtle', original)];
    if (results.getBindings()) {
      return [
        button('Save as CSV', 'result.csv', 'text/csv', results.asCsv()),
        button('Save as JSON', 'result.json', 'application/sparql-results+json', original),
      ];
    }
    return isTruth(results) ? [button('Save as JSON', 'result.json', 'application/sparql-results+json', original)] : [];
  }

  function drawn(known, yasr) {
    linked(known, yasr.resultsEl);
    yasr.rootEl.querySelector('.saves')?.remove();
    const saves = downloads(yasr);
    if (saves.length) {
      const group = element('div', { className: 'saves', role: 'group' }, ...saves);
      group.setAttribute('aria-label', 'Save the result');
      yasr.headerEl.after(group);
    }
  }

  // A drawing of the statements in a result, with the viewer of the project, in a frame.
  function drawingPlugin(known) {
    return class {
      constructor(yasr) {
        this.yasr = yasr;
        this.priority = 1;
        this.label = 'Drawing';
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
        const { resultsEl } = this.yasr;
        if (address.length > MOST_IN_ADDRESS) {
          resultsEl.append(element('p', { className: 'told', textContent: 'This result is too large to be drawn; narrow it down.' }));
          return;
        }
        resultsEl.append(
          element('iframe', { className: 'drawing', title: 'The lines of this result', src: `${address}#no-status=none` }),
          element('p', { className: 'told' },
            element('a', { href: `${address}#no-status=none`, target: '_blank', rel: 'noopener', textContent: 'Open the drawing in a page of its own' })),
        );
      }

      getIcon() {
        return null;
      }
    };
  }

  // A problem as the server tells it (RFC 9457).
  async function problem(error) {
    try {
      const told = JSON.parse(error.text);
      if (!told.title) return undefined;
      return element('div', { className: 'problem', role: 'alert' },
        element('strong', { textContent: told.title }),
        element('p', { textContent: told.detail ?? '' }));
    } catch {
      return undefined;
    }
  }

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
    return new Yasgui(byId('yasgui'), {
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
    const given = new URLSearchParams(location.hash.slice(1));
    if (given.has('query')) return { sparql: given.get('query') };
    const all = known.groups.flatMap(group => group.queries);
    return all.find(one => one.name === given.get('example'));
  }

  // Names for people who hear the page, and ways out of the editor for those without a mouse.
  function accessible(tab) {
    const input = tab.getYasqe()?.getInputField();
    input?.setAttribute('aria-label', 'Query in SPARQL');
    tab.getYasqe()?.addKeyMap({
      Esc: editor => {
        editor.getInputField().blur();
        tab.getYasqe().rootEl.querySelector('.yasqe_queryButton')?.focus();
      },
    });
  }

  function watched(known, yasgui) {
    const seen = new WeakSet();
    return () => {
      for (const tab of Object.values(yasgui._tabs)) {
        const yasr = tab.getYasr();
        if (!yasr || seen.has(yasr)) continue;
        seen.add(yasr);
        accessible(tab);
        yasr.on('drawn', () => drawn(known, yasr));
        new MutationObserver(() => linked(known, yasr.resultsEl))
          .observe(yasr.resultsEl, { childList: true, subtree: true });
      }
    };
  }

  // --- Examples ---------------------------------------------------------------------------------

  function listed(known, choose) {
    for (const group of known.groups) {
      const list = element('ul');
      for (const one of group.queries) {
        const button = element('button', { type: 'button', textContent: one.title, title: one.text });
        button.dataset.example = one.name;
        button.addEventListener('click', () => choose(one));
        list.append(element('li', {}, button));
      }
      byId('groups').append(element('details', {},
        element('summary', { textContent: `${group.title} (${group.queries.length})` }), list));
    }
  }

  function found(known) {
    const words = byId('find').value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    known.groups.forEach((group, place) => {
      const box = byId('groups').children[place];
      let here = 0;
      group.queries.forEach((one, row) => {
        const text = `${one.name} ${one.title} ${one.text}`.toLowerCase();
        const fits = words.every(word => text.includes(word));
        box.querySelector('ul').children[row].hidden = !fits;
        here += fits;
      });
      box.hidden = !here;
      box.open = words.length > 0 && here > 0;
      count += here;
    });
    byId('found').textContent = words.length ? `${count} found` : '';
  }

  async function main() {
    const answer = await fetch(at('query/examples.json'));
    if (!answer.ok) throw new Error('the server gives no examples');
    const known = await answer.json();
    document.title = `Ask the graph – ${known.title}`;
    byId('case').textContent = `${known.title}.`;
    const yasgui = opened(known);
    const watch = watched(known, yasgui);
    const later = () => setTimeout(watch);
    for (const event of ['tabAdd', 'tabSelect', 'tabChange']) yasgui.on(event, later);
    watch();
    const choose = one => {
      const tab = yasgui.getTab();
      tab.setName(one.title.length > 30 ? `${one.title.slice(0, 29)}…` : one.title);
      tab.setQuery(one.sparql);
      byId('about').textContent = one.text;
      for (const each of document.querySelectorAll('[data-example]')) {
        each.toggleAttribute('aria-current', each.dataset.example === one.name);
      }
      if (matchMedia('(max-width: 60rem)').matches) byId('examples-box').open = false;
      byId('asking').focus({ preventScroll: true });
      byId('asking').scrollIntoView({ block: 'start' });
    };
    listed(known, choose);
    byId('find').addEventListener('input', () => found(known));
    if (matchMedia('(max-width: 60rem)').matches) byId('examples-box').open = false;
    else if (byId('groups').firstChild) byId('groups').firstChild.open = true;
  }

  main().catch(error => {
    byId('about').textContent = `The workbench could not start: ${error.message}`;
  });
})();
