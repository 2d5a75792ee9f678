'use strict';

// Draws the network of this page and shows the evidence for what is chosen. All text goes into the
// page as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const facts = new Map([...data.nodes, ...data.edges].map(item => [item.id, item.facts]));
  const ends = new Map(data.edges.map(edge => [edge.id, [edge.from, edge.to]]));
  const find = selector => document.querySelector(selector);

  const STATUS_WORDS = {
    accepted: 'Accepted',
    contested: 'Contested',
    alleged: 'Alleged',
    open: 'Open',
    rejected: 'Rejected',
  };

  // --- Small helpers -----------------------------------------------------------------------------

  function element(name, text, properties = {}) {
    const made = document.createElement(name);
    if (text !== undefined) {
      made.textContent = text;
      made.dir = 'auto';
    }
    return Object.assign(made, properties);
  }

  function button(text, action) {
    const made = element('button', text, { type: 'button' });
    made.addEventListener('click', action);
    return made;
  }

  function definitions(pairs) {
    const list = element('dl');
    for (const [name, text] of pairs) {
      if (text) list.append(element('dt', name), element('dd', text));
    }
    return list;
  }

  // The same for alef with and without hamza, yeh and alef maqsura, teh marbuta and heh, and so on.
  const LETTERS = { 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ى': 'ي', 'ی': 'ي', 'ک': 'ك', 'ة': 'ه' };

  function plain(text) {
    return text
      .toLowerCase()
      .replace(/[أإآٱىیکة]/g, letter => LETTERS[letter])
      .normalize('NFKD')
      .replace(/[\p{Mn}\u0640\u200c\u200d'’‘ʿʾ`]/gu, '')
      .replace(/[-\s]+/g, ' ')
      .trim();
  }

  // --- The drawing -------------------------------------------------------------------------------

  let coarseness = 1; // How much larger than at full size lines and names may be.

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  function dressedNode(node) {
    const background = colour(`node-${node.facts.group}`);
    const border = colour('ink');
    const both = { background, border };
    return {
      ...node,
      title: node.facts.label,
      color: { ...both, highlight: both, hover: both },
      font: {
        size: Math.min(node.font.size, 16 * coarseness),
        color: colour('ink'),
        strokeWidth: 3,
        strokeColor: colour('page'),
      },
    };
  }

  function dressedEdge(edge) {
    const line = colour(`sign-${edge.facts.sign}`);
    return {
      ...edge,
      title: `${sentence(edge.id)} (${edge.facts.status})`,
      color: { color: line, highlight: line, hover: line, opacity: edge.facts.opacity ?? 1 },
      ...dressedLine(edge),
    };
  }

  // Dashes and dots must not shrink away when the picture does: they say that a line is no fact.
  function dressedLine({ width, dashes, facts: { band } }) {
    const broader = Math.sqrt(coarseness);
    return {
      width: width * broader,
      dashes: dashes && dashes.map(length => length * coarseness),
      background: { enabled: Boolean(band), color: colour('band'), size: 9 * broader },
    };
  }

  function keepLegible() {
    const wanted = Math.min(8, Math.max(1, Math.round(1 / network.getScale())));
    if (wanted === coarseness) return;
    coarseness = wanted;
    setTimeout(dress);
  }

  function dress() {
    nodes.update(data.nodes.map(dressedNode));
    edges.update(data.edges.map(dressedEdge));
  }

  function sentence(id) {
    const [from, to] = ends.get(id).map(end => facts.get(end).label);
    return `${from} – ${facts.get(id).label} → ${to}`;
  }

  const nodes = new vis.DataSet(data.nodes.map(dressedNode));
  const edges = new vis.DataSet(data.edges.map(dressedEdge));

  const chosen = { status: new Set(), group: new Set(), family: new Set() };
  let connected = new Set();

  function edgeIsShown(edge) {
    return (
      chosen.status.has(edge.facts.status) &&
      chosen.family.has(edge.facts.family) &&
      ends.get(edge.id).every(end => chosen.group.has(facts.get(end).group))
    );
  }

  const shownEdges = new vis.DataView(edges, { filter: edgeIsShown });
  const shownNodes = new vis.DataView(nodes, { filter: node => connected.has(node.id) });
  let network;
  let untouched = true; // Until somebody moves the picture, it fits the window.

  function refresh() {
    connected = new Set(data.edges.filter(edgeIsShown).flatMap(edge => ends.get(edge.id)));
    shownNodes.refresh();
    shownEdges.refresh();
    find('#count').textContent =
      `${shownNodes.length} of ${nodes.length} nodes, ` +
      `${shownEdges.length} of ${edges.length} statements`;
  }

  function readFilters() {
    for (const group of document.querySelectorAll('[data-filter]')) {
      const boxes = [...group.querySelectorAll('input:checked')];
      chosen[group.dataset.filter] = new Set(boxes.map(box => box.value));
    }
    refresh();
  }

  function draw() {
    network = new vis.Network(
      find('#network'),
      { nodes: shownNodes, edges: shownEdges },
      data.options,
    );
    network.fit();
    // When it says so, the library has yet to scale the picture; ours comes after that.
    network.on('resize', () => queueMicrotask(() => untouched && network.fit()));
    network.on('afterDrawing', keepLegible);
    network.on('zoom', touch);
    network.on('dragStart', touch);
    network.on('select', ({ nodes: [node], edges: [edge] }) => {
      if (node !== undefined) showNode(node);
      else if (edge !== undefined) showEdge(edge);
    });
    find('#network canvas').setAttribute('role', 'img');
    find('#network canvas').setAttribute(
      'aria-label',
      'The network as a drawing. Search for a name to read the same as text.',
    );
  }

  function touch() {
    untouched = false;
  }

  // Selects a node or an edge and moves the picture there, unless the filters hide it.
  function select(id) {
    touch();
    if (ends.has(id) && shownEdges.get(id)) {
      network.selectEdges([id]);
      network.fit({ nodes: ends.get(id), maxZoomLevel: 0.9 });
    } else if (shownNodes.get(id)) {
      network.selectNodes([id]);
      network.focus(id, { scale: Math.max(network.getScale(), 0.9) });
    }
  }

  // --- The evidence ------------------------------------------------------------------------------

  function show(id, ...content) {
    history.replaceState(null, '', `#${encodeURIComponent(facts.get(id).id)}`);
    const panel = find('#evidence');
    panel.replaceChildren(...content.filter(Boolean));
    panel.scrollTop = 0;
    if (panel.getBoundingClientRect().top > window.innerHeight - 120) panel.scrollIntoView();
  }

  function open(id) {
    select(id);
    if (ends.has(id)) showEdge(id);
    else showNode(id);
    find('#evidence').focus();
  }

  // Opens what the address names after the #: the id of a thing or of a statement.
  function openAddressed() {
    const wanted = location.hash.slice(1);
    for (const [id, { id: own }] of facts) {
      if (wanted && encodeURIComponent(own) === wanted) open(id);
    }
  }

  function statusMark(status) {
    return element('span', STATUS_WORDS[status], { className: `status ${status}` });
  }

  function showNode(id) {
    const node = facts.get(id);
    const list = element('ul', undefined, { className: 'ties' });
    for (const [edge, [from, to]] of ends) {
      if (from !== id && to !== id) continue;
      const entry = element('li');
      const link = button(`${sentence(edge)} `, () => open(edge));
      link.append(statusMark(facts.get(edge).status));
      entry.append(link);
      list.append(entry);
    }
    show(
      id,
      element('h2', node.label),
      node.arabic && element('p', node.arabic, { lang: 'ar', dir: 'rtl' }),
      definitions([
        ['Class', node.kind],
        ['Identity', node.identity],
        ['Id', node.id],
        ['Note', node.note],
        ['In the drawing', connected.has(id) ? '' : 'hidden by the filters'],
      ]),
      element('h3', `Statements (${list.children.length})`),
      list,
    );
  }

  function showEdge(id) {
    const edge = facts.get(id);
    const [from, to] = ends.get(id);
    const line = element('div', undefined, { className: 'ends' });
    line.append(
      button(facts.get(from).label, () => open(from)),
      element('span', `${edge.label} →`),
      button(facts.get(to).label, () => open(to)),
    );
    const status = element('p');
    status.append(statusMark(edge.status), ` ${meaning(edge.status)}`);
    show(
      id,
      element('h2', edge.status === 'accepted' ? 'Statement' : 'Statement, not a fact'),
      line,
      status,
      definitions([
        ['Time', edge.period],
        ['As coded (EDTF)', edge.when],
        ['In the source’s words', edge.when_text],
        ['On that day', edge.held],
        ['Place', edge.place],
        ['Under', edge.under],
        ['Scope', edge.scope],
        ['Family', edge.family],
        ['Id', edge.id],
        ['In the drawing', shownEdges.get(id) ? '' : 'hidden by the filters'],
      ]),
      element('h3', `Claims (${edge.claims.length})`),
      ...edge.claims.map(claim),
    );
  }

  function meaning(status) {
    const box = find(`[data-filter="status"] input[value="${status}"]`);
    return box ? box.parentElement.title : '';
  }

  function claim(given) {
    const card = element('article');
    const head = element('p');
    head.append(element('strong', given.voice), ' ', element('span', given.stance));
    card.append(head);
    card.append(definitions([['Certainty', given.certainty]]));
    card.append(source(given));
    if (given.note) card.append(element('p', given.note));
    return card;
  }

  function source(given) {
    const line = element('p');
    line.append(given.url ? link(given.source, given.url) : element('span', given.source));
    if (given.sentences?.length) {
      const word = given.sentences.length === 1 ? 'sentence' : 'sentences';
      line.append(`, ${word} ${given.sentences.join(', ')}`);
    }
    return line;
  }

  function link(text, url) {
    if (!/^https?:\/\//i.test(url)) return element('span', text);
    return element('a', text, { href: url, target: '_blank', rel: 'noopener noreferrer' });
  }

  // --- Search ------------------------------------------------------------------------------------

  const MATCHES = 12;
  const names = data.nodes.map(({ id, facts: { id: own, label, arabic } }) => ({
    id,
    label,
    own: plain(own),
    texts: [label, arabic].filter(Boolean).map(plain),
  }));

  function search() {
    const wanted = plain(find('#query').value);
    const rank = ({ own, texts }) =>
      Math.min(own === wanted ? 0 : Infinity, ...texts.map(text => place(text, wanted)));
    const found = wanted
      ? names
          .map(name => ({ ...name, rank: rank(name) }))
          .filter(name => name.rank < Infinity)
          .sort((a, b) => a.rank - b.rank || a.label.localeCompare(b.label, 'en'))
      : [];
    find('#matches').replaceChildren(...found.slice(0, MATCHES).map(match));
    find('#found').textContent = wanted ? answer(found.length) : '';
  }

  // 0 for the whole text, 1 for its beginning, 2 for that of a word, 3 for any other place.
  function place(text, wanted) {
    if (text === wanted) return 0;
    if (text.startsWith(wanted)) return 1;
    if (text.includes(` ${wanted}`)) return 2;
    return text.includes(wanted) ? 3 : Infinity;
  }

  function answer(count) {
    if (count === 0) return 'Nothing is called so.';
    return count > MATCHES ? `${MATCHES} of ${count} names` : '';
  }

  function match(name) {
    const entry = element('li');
    entry.append(button(name.label, () => open(name.id)));
    return entry;
  }

  // --- Start -------------------------------------------------------------------------------------

  function zoom(factor) {
    untouched = factor === 0;
    if (untouched) network.fit();
    else network.moveTo({ scale: network.getScale() * factor });
  }

  readFilters();
  draw();
  for (const control of document.querySelectorAll('[data-zoom]')) {
    control.addEventListener('click', () => zoom(Number(control.dataset.zoom)));
  }
  find('#filters').addEventListener('change', readFilters);
  if (window.matchMedia('(max-width: 59.99rem)').matches) find('#filters').open = false;
  find('#query').addEventListener('input', search);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', dress);
  window.addEventListener('hashchange', openAddressed);
  openAddressed();
})();
