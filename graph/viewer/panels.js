'use strict';

// The panel beside the drawing: evidence, open questions, agreements, differences.
(() => {
  const hudna = (globalThis.hudna ??= {});
  const { model, dom } = hudna;
  const { element, button } = dom;

  // --- Parts ---------------------------------------------------------------------------------

  function statusMark(status) {
    return element('span', status, { className: `status ${status}` });
  }

  // A statement as a button that opens its evidence.
  function opener(app, statement, { from = '' } = {}) {
    const words = model.sentence(app.data, statement);
    const made = button(`${words} `, () => app.open(statement.id), { className: 'opener' });
    made.dataset.statement = statement.id;
    made.append(statusMark(statement.status));
    if (statement.when) made.append(element('small', ` ${model.when(app.data, statement)}`));
    if (statement.case) made.append(element('small', ` (${statement.case})`));
    const sure = app.first.get(statement.id);
    if (sure === 'possible') made.append(element('small', ' may have held on this day'));
    if (from && !app.isShown(statement.id)) made.classList.add('unseen');
    return made;
  }

  function thing(app, id, words) {
    const name = words ?? model.nodeName(app.data, id);
    if (!app.data.nodes.has(id)) return element('span', name);
    return button(name, () => app.open(id), { className: 'plain' });
  }

  function openers(app, statements) {
    return dom.list('openers', statements.map(statement => opener(app, statement, { from: 'panel' })));
  }

  function heading(text, level = 'h3') {
    return element(level, text);
  }

  // --- Evidence: a statement -------------------------------------------------------------------

  function statementPanel(app, statement) {
    const { data } = app;
    const kind = statement.status === 'accepted' ? 'Statement' : 'Statement, not a fact';
    const ends = element('div', '', { className: 'ends' },
      thing(app, statement.s),
      element('span', `${model.predicate(data, statement).label} →`),
      statement.o ? thing(app, statement.o) : element('strong', model.value(data, statement)),
    );
    return [
      heading(kind, 'h2'),
      ends,
      verdict(app, statement),
      dom.definitions(facts(app, statement)),
      actions(app, statement),
      heading(`Claims (${statement.claims.length})`),
      ...statement.claims.map(claim => claimCard(app, claim)),
      ...rivalsOf(app, statement),
      ...notesOn(app, statement.id),
    ];
  }

  function verdict({ data }, statement) {
    const { label, meaning } = data.styles.statuses[statement.status];
    const box = element('div', '', { className: 'why' });
    const mark = statusMark(statement.status);
    mark.textContent = label;
    box.append(element('p', '', {}, mark, ` ${meaning}`));
    box.append(element('p', '', {}, element('strong', 'Why: '), why(data, statement)));
    return box;
  }

  // The rule that gave the status, told with the voices at hand; or the verdict with its reason.
  function why(data, statement) {
    if (statement.reason) {
      const judge = model.nodeName(data, statement.judge);
      return `a verdict. ${judge}: ${statement.reason} By the rules alone it would be ${statement.rule}.`;
    }
    const by = test => names(data, statement.claims.filter(test).map(claim => claim.by));
    const authors = model.authors(data);
    const { rules } = data;
    const asserting = claim => rules.asserting.has(claim.st);
    if (statement.status === 'contested') return contradiction(data, statement);
    if (statement.status === 'accepted') {
      return `by rule. Asserted by ${by(claim => asserting(claim) && authors.has(claim.by))}, as author of a source; no claim disputes it.`;
    }
    if (statement.status === 'judgement') {
      return `by rule. ${by(claim => asserting(claim) && authors.has(claim.by))}, as author of a source, says it, but not as a fact; no claim disputes it.`;
    }
    if (statement.if && statement.status === 'open') {
      return 'by rule. What is said holds on a condition that is not accepted.';
    }
    if (!statement.claims.length) return 'by rule. Nobody says so by itself; it is a condition, or one of several alternatives.';
    if (statement.status === 'alleged') {
      return `by rule. Asserted by ${by(asserting)}; no author of a source does so in their own voice.`;
    }
    if (statement.status === 'rejected') {
      return `by rule. Denied by ${by(claim => rules.denying.has(claim.st))}, and affirmed by nobody.`;
    }
    const stances = [...new Set(statement.claims.map(claim => model.word(data, claim.st)))];
    return `by rule. It is neither asserted nor denied by an author; the stances are: ${stances.join(', ')}.`;
  }

  function contradiction(data, statement) {
    const { affirming, denying } = data.rules;
    const disputing = statement.claims.filter(claim => claim.dis?.length);
    const others = disputing.flatMap(claim => claim.dis).map(id => data.claims.get(id)).filter(Boolean);
    const rivals = others.filter(other => other.statement !== statement).map(other => other.claim.by);
    const by = test => names(data, disputing.filter(test).map(claim => claim.by));
    const parts = [
      ['affirmed by', by(claim => affirming.has(claim.st))],
      ['denied by', by(claim => denying.has(claim.st))],
      ['against rival answers of', names(data, rivals)],
    ];
    const told = parts.filter(([, who]) => who).map(([word, who]) => `${word} ${who}`).join('; ');
    return `by rule, since voices contradict each other: ${told}.`;
  }

  function names(data, ids) {
    const found = [...new Set(ids.filter(Boolean))].map(id => model.nodeName(data, id));
    if (found.length < 2) return found.join('');
    return `${found.slice(0, -1).join(', ')} and ${found.at(-1)}`;
  }

  function facts(app, statement) {
    const { data, state } = app;
    const HELD = {
      certain: 'held for certain',
      attested: 'had begun, and is not known to have ended by then',
      possible: 'may have held; the dates do not settle it',
      beyond: 'had begun; no source tells of it as late as that',
      later: 'only told of a later time',
      unplaced: 'no date is told',
      out: 'did not hold',
      no: 'did not hold',
    };
    const name = id => id && model.nodeName(data, id);
    const told = value => {
      const other = data.statements.get(value);
      if (other) return `${model.sentence(data, other)} (${other.status})`;
      return data.nodes.has(value) ? name(value) : model.word(data, String(value));
    };
    const more = Object.entries(statement.more ?? {});
    return [
      ['Case', statement.case],
      ['Time', [model.period(data, statement), model.besides(statement)].filter(Boolean).join('; ')],
      ['As coded (EDTF)', statement.when],
      ['In the source’s words', statement.text],
      [state.on && `On ${state.on}`, state.on && HELD[model.held(statement, state.on)]],
      ['Place', name(statement.place)],
      ['Under', name(statement.under)],
      ['Through', name(statement.via)],
      ['Scope', statement.scope],
      ['Family', model.word(data, model.predicate(data, statement).family)],
      ...more.map(([word, value]) => [word, [value].flat().map(told).join('; ')]),
      ['Note', statement.note],
      ['Answers', (statement.q ?? []).map(name).join('; ')],
      ['Id', statement.id],
      ['In the drawing', app.isShown(statement.id) ? '' : absence(app, statement)],
    ];
  }

  function absence({ data }, statement) {
    return data.drawn.lines.has(statement.id) ? 'left out by world, day or filters' : 'is no tie, so it has no line';
  }

  function actions(app, statement) {
    const row = element('p', '', { className: 'actions' });
    const cite = button('Copy as citation', () => dom.copy(citation(app, statement), row), { id: 'cite' });
    const share = button('Copy link to this view', () => dom.copy(app.address(), row), { id: 'share' });
    row.append(cite, share);
    if (app.isShown(statement.id)) row.append(button('Show in the drawing', () => app.point(statement.id), { id: 'point' }));
    const day = statement.lb ?? statement.eb ?? statement.ee;
    if (day) row.append(button(`Go to ${day}`, () => app.set({ on: day }), { id: 'go-to-day' }));
    return row;
  }

  function citation(app, statement) {
    const { data } = app;
    const claims = statement.claims.map(claim => {
      const source = data.sources.get(claim.src);
      const where = [`“${source.title}”`, source.publisher, source.date].filter(Boolean).join(', ');
      const words = `${model.nodeName(data, claim.by)} ${model.word(data, claim.st)} (${sureness(data, claim)})`;
      return `${words}: ${where}, ${sentencesOf(claim)}. ${source.url ?? ''}`.trim();
    });
    return [
      `${model.sentence(data, statement)} [${statement.status}]${statement.when ? `, ${model.when(data, statement)}` : ''}.`,
      ...claims,
      `Hudna, case ${statement.case ?? data.case}, statement ${statement.id}.`,
    ].join('\n');
  }

  function sureness(data, claim) {
    const sure = claim.c === 'unspecified' ? 'certainty not given' : model.word(data, claim.c);
    const mode = claim.as && `as ${model.word(data, claim.as)}`;
    const who = claim.who && model.word(data, claim.who);
    return [sure, mode, who, claim.made && 'made by the reader'].filter(Boolean).join(', ');
  }

  function sentencesOf(claim) {
    return `${model.plural(claim.at.length, 'sentence')} ${claim.at.join(', ')}`;
  }

  function claimCard(app, claim) {
    const { data } = app;
    const source = data.sources.get(claim.src);
    const card = element('article', '', { className: `claim ${claim.st}` });
    const stance = element('span', model.word(data, claim.st), { className: 'stance' });
    card.append(element('p', '', {}, thing(app, claim.by), ' ', stance, ` (${sureness(data, claim)})`));
    card.append(element('p', '', {}, dom.link(source.title, source.url), `, ${sentencesOf(claim)}`));
    if (claim.note) card.append(element('p', claim.note, { className: 'note' }));
    if (claim.grounds) card.append(element('p', 'Inferred from', { className: 'note' }), openers(app, claim.grounds.map(id => data.statements.get(id))));
    const disputed = (claim.dis ?? []).map(id => data.claims.get(id)).filter(Boolean);
    if (disputed.length) {
      const items = disputed.map(({ claim: other, statement }) => {
        const words = `${model.nodeName(data, other.by)} ${model.word(data, other.st)}: ${model.sentence(data, statement)}`;
        return button(words, () => app.open(statement.id), { className: 'opener' });
      });
      const details = element('details', '', {}, element('summary', `Contradicts ${model.counted(disputed.length, 'other claim')}`));
      details.append(dom.list('openers', items));
      card.append(details);
    }
    return card;
  }

  function rivalsOf(app, statement) {
    return (statement.q ?? []).map(id => {
      const name = model.nodeName(app.data, id);
      return element('p', '', {}, button(`All answers to: ${name}`, () => app.ask(id)));
    });
  }

  function notesOn({ data }, id) {
    const found = data.notes.filter(note => note.on.includes(id));
    return found.map(({ text, names: called }) => {
      const card = element('article', '', { className: 'editors' });
      const what = called.length ? `The editors on the names ${called.map(n => `“${n}”`).join(', ')}` : 'Note of the editors';
      card.append(element('p', '', {}, element('strong', what)), element('p', text));
      return card;
    });
  }

  // --- Evidence: a thing -----------------------------------------------------------------------

  function nodePanel(app, node) {
    const { data } = app;
    const statements = data.about.get(node.id) ?? [];
    const lines = statements.filter(statement => data.drawn.lines.has(statement.id));
    const others = statements.filter(statement => !data.drawn.lines.has(statement.id));
    return [
      heading(node.name, 'h2'),
      ...model.names(data, node).map(({ tag, direction, text }) => element('p', text, { lang: tag, dir: direction, className: 'name' })),
      dom.definitions([
        ['Case', (node.cases ?? []).join('; ')],
        ['Also called', (node.also ?? []).join('; ')],
        ['Class', model.word(data, node.class)],
        ['Kind', node.kind && model.word(data, node.kind)],
        ['Identity', node.identity && model.word(data, node.identity)],
        ['That is', node.other],
        ['Topic', topics(data, node)],
        ['Text', node.text],
        ['Pattern', node.pattern],
        ['Size', (node.sizes ?? []).join('; ')],
        ['Coordinates', node.where],
        ['Note', node.note],
        ['Id', node.id],
      ]),
      links(node),
      nodeActions(app, node),
      element('p', app.shownEnds().has(node.id) ? '' : 'Not in the drawing: world, day and filters leave no line at it.'),
      heading(`Ties and roles (${lines.length})`),
      openers(app, byTime(lines)),
      ...(others.length ? [heading(`What else is stated (${others.length})`), openers(app, byTime(others))] : []),
      ...notesOn(app, node.id),
    ];
  }

  function topics(data, clause) {
    return (clause.topic ?? []).map(topic => (topic === 'other' && clause.other) || model.word(data, topic)).join('; ');
  }

  function byTime(statements) {
    return [...statements].sort(model.inTime);
  }

  function links({ links: found = [] }) {
    const made = found.map(url => dom.link(new URL(url).host, url));
    return made.length ? element('p', '', {}, 'Elsewhere: ', ...made.flatMap((a, i) => (i ? [', ', a] : [a]))) : '';
  }

  function nodeActions(app, node) {
    const { state, data } = app;
    const row = element('p', '', { className: 'actions' });
    if (app.shownEnds().has(node.id)) row.append(button('Show in the drawing', () => app.point(node.id), { id: 'point' }));
    if (data.drawn.places.has(node.id)) {
      if (state.near === node.id) row.append(...depths(app));
      else row.append(button('Only its neighbourhood', () => app.set({ near: node.id, depth: 1 }, true), { id: 'near' }));
      row.append(
        button('Way from here', () => app.set({ from: node.id, to: state.to === node.id ? '' : state.to }), { id: 'way-from' }),
        button('Way to here', () => app.set({ to: node.id, from: state.from === node.id ? '' : state.from }), { id: 'way-to' }),
      );
    }
    if (app.voices.has(node.id)) {
      row.append(button('The world as this voice tells it', () => app.set({ world: `voice:${node.id}` }), { id: 'its-world' }));
    }
    row.append(button('Copy link to this view', () => dom.copy(app.address(), row), { id: 'share' }));
    return row;
  }

  function depths(app) {
    const { depth } = app.state;
    const label = element('span', `Neighbourhood, ${model.counted(depth, 'step')} `);
    return [
      label,
      button('−', () => app.set({ depth: Math.max(1, depth - 1) }, true), { id: 'nearer', ariaLabel: 'One step less', disabled: depth === 1 }),
      button('+', () => app.set({ depth: Math.min(4, depth + 1) }, true), { id: 'farther', ariaLabel: 'One step more', disabled: depth === 4 }),
      button('Show all again', () => app.set({ near: '' }, true), { id: 'near-off' }),
    ];
  }

  function waysPanel(app) {
    const { data, state, ways } = app;
    const name = id => model.nodeName(data, id);
    const title = heading(`From ${name(state.from)} to ${name(state.to)}`, 'h2');
    const close = button('Close', () => app.set({ from: '', to: '' }), { id: 'ways-off' });
    if (!ways.length) return [title, element('p', 'No way joins them in this world, on this day and with these filters.'), close];
    return [
      title,
      element('p', 'Ways over hostility come last. Of the others, and of these, short chains of accepted ties come before long ones and before disputed ties. Every line on a way is marked in the drawing.'),
      close,
      ...ways.map(({ nodes, steps, over }, i) => {
        const box = element('article');
        box.append(element('p', '', {}, element('strong', `${i + 1}. ${nodes.map(name).join(' – ')}`)));
        if (over.length) box.append(element('p', `over hostility: ${over.join(', ')}`, { className: 'over' }));
        for (const step of steps) box.append(openers(app, step.map(id => data.statements.get(id))));
        return box;
      }),
    ];
  }

  function evidence(app) {
    const { data, state } = app;
    if (data.statements.has(state.sel)) return statementPanel(app, data.statements.get(state.sel));
    if (data.nodes.has(state.sel)) return nodePanel(app, data.nodes.get(state.sel));
    if (state.from && state.to) return waysPanel(app);
    return [
      heading('Evidence', 'h2'),
      element('p', 'Choose a node or a line in the drawing, or search for a name, to see what is stated, by whom, how surely, and in which sentences of which source.'),
      ...suggested(app),
    ];
  }

  // Where to begin: the contested statements, and pairs of worlds that differ.
  function suggested(app) {
    const contested = [...app.data.statements.values()].filter(s => s.status === 'contested');
    const pairs = app.suggestions.map(({ label, change }, i) => {
      const compare = () => app.set({ ...change }, true);
      return button(label, compare, { className: 'opener', id: `compare-${i}` });
    });
    const details = element('details', '', { id: 'comparisons', open: true }, element('summary', 'Side by side'), dom.list('openers', pairs));
    return [
      ...(contested.length ? [heading('What is contested'), openers(app, contested)] : []),
      ...(pairs.length ? [details] : []),
    ];
  }

  // --- Questions -------------------------------------------------------------------------------

  function questions(app) {
    const { data, state } = app;
    const rank = data.rules.unsettled;
    const found = [...data.questions.values()]
      .map(question => ({ question, status: model.questionStatus(data, question.id) }))
      .sort((a, b) => rank.indexOf(a.status) - rank.indexOf(b.status) || model.order(a.question.name, b.question.name));
    const items = found.map(({ question, status }) => {
      const open = state.question === question.id;
      const item = element('div', '', { className: open ? 'question chosen' : 'question' });
      const head = button(`${question.name} `, () => app.set({ question: open ? '' : question.id }), {
        className: 'opener',
        id: `question-${question.id}`,
      });
      head.setAttribute('aria-expanded', String(open));
      head.append(statusMark(status));
      item.append(head);
      if (open) item.append(...answersOf(app, question));
      return item;
    });
    return [
      heading(`Open questions (${found.length})`, 'h2'),
      element('p', 'What the sources leave open or dispute. Choose one to see its rival answers marked in the drawing.'),
      dom.list('questions', items),
    ];
  }

  function answersOf(app, question) {
    const { data } = app;
    const found = model.answers(data, question.id);
    return [
      element('p', question.exclusive ? 'Only one answer can be right.' : 'Several answers may be right together.'),
      question.note && element('p', question.note, { className: 'note' }),
      dom.list('answers', found.map(statement => {
        const box = element('div', '', { className: 'answer' }, opener(app, statement, { from: 'panel' }));
        box.append(dom.list('stances', stances(data, statement)));
        return box;
      })),
    ].filter(Boolean);
  }

  function stances(data, statement) {
    const by = new Map();
    for (const claim of statement.claims) {
      if (!by.has(claim.st)) by.set(claim.st, []);
      by.get(claim.st).push(claim.by);
    }
    return [...by].map(([stance, voices]) => element('span', `${names(data, voices)}: ${model.word(data, stance)}`));
  }

  // What a statement says of its subject, and who says so; that somebody only wishes it goes first.
  function told(data, statement) {
    const parts = [model.object(data, statement), stances(data, statement).map(span => span.textContent).join('; ')];
    return (statement.status === 'accepted' ? parts : parts.reverse()).join(' – ');
  }

  // --- Agreements ------------------------------------------------------------------------------

  let openAgreements = new Set();

  function agreements(app) {
    const found = model.agreements(app.data);
    return [
      heading(`Agreements (${found.length})`, 'h2'),
      element('p', 'Those that were concluded, and those that were only sought or thought of, in order of time.'),
      ...found.map(node => agreement(app, node)),
    ];
  }

  function agreement(app, node) {
    const { data } = app;
    const fact = model.concluded(data, node.id);
    const box = element('details', '', { className: 'agreement', id: `agreement-${node.id}` });
    const summary = element('summary', `${node.name} `);
    if (fact) summary.append(statusMark(fact.status), element('small', ` ${model.when(data, fact)}`));
    box.append(summary);
    const fill = () => box.childElementCount === 1 && box.append(...agreementParts(app, node, fact));
    box.open = openAgreements.has(node.id) || app.state.sel === node.id;
    if (box.open) fill();
    box.addEventListener('toggle', () => {
      openAgreements[box.open ? 'add' : 'delete'](node.id);
      if (box.open) fill();
    });
    return box;
  }

  function agreementParts(app, node, fact) {
    const { data } = app;
    const roles = (data.about.get(node.id) ?? []).filter(s => s.s === node.id && s.draw === 'role');
    const stages = model.statedOf(data, node.id, 'stage');
    const clauses = model.clauses(data, node.id);
    return [
      dom.definitions([
        ['Kind', node.kind && model.word(data, node.kind)],
        ['Talks', node.process && model.nodeName(data, node.process)],
        ['Replaces', node.replaces && model.nodeName(data, node.replaces)],
        ['Time', fact && model.period(data, fact)],
        ['Note', node.note],
      ]),
      element('p', '', { className: 'actions' }, button('All that is stated of it', () => app.open(node.id))),
      stages.length ? heading('Stages') : '',
      dom.list('openers', stages.map(s => stated(app, s, s.status === 'accepted' ? model.object(data, s) : told(data, s)))),
      roles.length ? heading('Parties and other roles') : '',
      dom.list('openers', roles.map(s => stated(app, s, `${model.predicate(data, s).label}: ${model.object(data, s)}`))),
      clauses.length ? heading(`Clauses (${clauses.length})`) : '',
      ...clauses.map(clause => clauseCard(app, clause)),
    ].filter(Boolean);
  }

  // A statement in few words, since its subject stands above.
  function stated(app, statement, words) {
    const made = button(`${words} `, () => app.open(statement.id), { className: 'opener' });
    made.append(statusMark(statement.status));
    if (statement.when) made.append(element('small', ` ${model.when(app.data, statement)}`));
    return made;
  }

  function clauseCard(app, clause) {
    const { data } = app;
    const card = element('article', '', { className: 'clause' });
    const contained = (data.about.get(clause.id) ?? []).find(s => s.p === 'containsClause');
    card.append(element('p', '', {}, thing(app, clause.id), ' ', contained && contained.status !== 'accepted' ? statusMark(contained.status) : ''));
    if (clause.text) card.append(element('p', clause.text));
    const obligors = model.statedOf(data, clause.id, 'obligor').map(s => model.object(data, s));
    card.append(dom.definitions([
      ['Topic', topics(data, clause)],
      ['Owed by', obligors.join('; ')],
      ['Replaces', clause.replaces && model.nodeName(data, clause.replaces)],
    ]));
    const carried = model.statedOf(data, clause.id, 'fulfilment');
    card.append(element('p', carried.length ? 'Carried out?' : 'Carried out? Not told.', { className: 'label' }));
    card.append(dom.list('openers', carried.map(s => stated(app, s, told(data, s)))));
    return card;
  }

  // --- Differences -----------------------------------------------------------------------------

  function differences(app) {
    const { data, state } = app;
    if (!state.compare) {
      return [heading('Differences', 'h2'), element('p', 'Compare two worlds or two days to see here what stands in one of them only.'), ...suggested(app).slice(-1)];
    }
    const told = app.difference;
    const [first, second] = [app.caption(1), app.caption(2)];
    const part = (title, ids) => [heading(`${title} (${ids.length})`), openers(app, byTime(ids.map(id => data.statements.get(id))))];
    return [
      heading('Differences', 'h2'),
      element('p', `${model.counted(told.both.length, 'statement stands', 'statements stand')} in both. Only statements that can be lines are listed.`),
      ...part(`Only first: ${first}`, told.onlyLeft),
      ...part(`Only second: ${second}`, told.onlyRight),
      ...(told.changed.length ? part('In both, but surer in one', told.changed) : []),
    ];
  }

  const PANELS = { evidence, questions, agreements, differences };

  // Fills the panel that is chosen; the one about the case stands in the page already.
  function show(app) {
    const { panel } = app.state;
    for (const tab of document.querySelectorAll('#tabs [role=tab]')) {
      const chosen = tab.id === `tab-${panel}`;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      dom.find(`#${tab.getAttribute('aria-controls')}`).hidden = !chosen;
    }
    const place = dom.find(`#panel-${panel}`);
    if (PANELS[panel]) place.replaceChildren(...PANELS[panel](app).filter(Boolean));
  }

  hudna.panels = { citation, show, why };
})();
