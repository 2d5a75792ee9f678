'use strict';

// What is shown and why, as pure functions on the data of the page; no document is touched here.
(() => {
  const hudna = (globalThis.hudna ??= {});

  const DATED = new Set(['occurred', 'concluded', 'stage']);
  const DAY = 86_400_000;
  const SHORT = 100; // Days.

  // --- Data ----------------------------------------------------------------------------------

  // Puts the id into each record and indexes claims and drawn items.
  function prepare(data) {
    for (const kind of ['nodes', 'statements', 'questions', 'sources']) {
      data[kind] = new Map(Object.entries(data[kind]));
      for (const [id, record] of data[kind]) record.id = id;
    }
    data.predicates = new Map(Object.entries(data.predicates));
    data.words = new Map(Object.entries(data.words));
    const { rules } = data;
    for (const name of ['status', 'family', 'draw']) {
      rules.costs[name] = new Map(Object.entries(rules.costs[name]));
    }
    for (const name of ['affirming', 'asserting', 'denying', 'hidden']) {
      rules[name] = new Set(rules[name]);
    }
    data.claims = new Map();
    data.about = new Map();
    for (const statement of data.statements.values()) index(data, statement);
    const places = new Map(data.drawn.nodes.map(node => [node.of, node]));
    const lines = new Map(data.drawn.edges.map(edge => [edge.of, edge]));
    data.drawn = { places, lines };
    return data;
  }

  function index(data, statement) {
    for (const claim of statement.claims) {
      claim.id ??= [statement.id, claim.by, claim.st, claim.src].join('.');
      data.claims.set(claim.id, { claim, statement });
    }
    for (const end of new Set([statement.s, statement.o, statement.place, statement.under])) {
      if (end === undefined) continue;
      if (!data.about.has(end)) data.about.set(end, []);
      data.about.get(end).push(statement);
    }
  }

  function nodeName(data, id) {
    if (id === 'unknown') return 'not told';
    return data.nodes.get(id)?.name ?? data.questions.get(id)?.name ?? id;
  }

  function word(data, id) {
    return data.words.get(id) ?? id;
  }

  function predicate(data, statement) {
    return data.predicates.get(statement.p) ?? { label: statement.p, family: '', sign: 0 };
  }

  // The value of a statement that has no thing as its object: "33 fighters, about".
  function value(data, statement) {
    const parts = [statement.v, statement.unit, statement.counts && `(${statement.counts})`];
    const how = statement.how && statement.how !== 'exact' ? `, ${word(data, statement.how)}` : '';
    return parts.filter(Boolean).join(' ') + how;
  }

  function object(data, statement) {
    return statement.o === undefined ? value(data, statement) : nodeName(data, statement.o);
  }

  function sentence(data, statement) {
    const words = [nodeName(data, statement.s), predicate(data, statement).label];
    return [...words, object(data, statement)].join(' ');
  }

  // --- Worlds --------------------------------------------------------------------------------

  // A world is written "all", "agreed", "alleged", "alleged:VOICE" or "voice:VOICE".
  function parseWorld(text) {
    const [mode, voice] = String(text ?? 'all').split(':');
    const known = ['all', 'agreed', 'alleged', 'voice'].includes(mode);
    return known && (mode !== 'voice' || voice) ? { mode, voice } : { mode: 'all' };
  }

  // Who says something on a condition does not say it.
  function says(statement, voice, stances) {
    if (statement.if) return false;
    return statement.claims.some(claim => claim.by === voice && stances.has(claim.st));
  }

  // The same as graph.read.rules.tells: a voice's world holds what was accepted when it spoke and
  // what it asserts, less what it denies.
  function inWorld({ rules }, statement, { mode, voice }) {
    if (mode === 'agreed') return statement.status === 'accepted';
    if (mode === 'alleged') {
      return statement.status === 'alleged' && (!voice || says(statement, voice, rules.asserting));
    }
    if (mode === 'voice') {
      const accepted = statement.status === 'accepted' && !statement.after?.includes(voice);
      const told = accepted || says(statement, voice, rules.asserting);
      return told && !statement.no?.includes(voice);
    }
    return true;
  }

  // --- Time ----------------------------------------------------------------------------------

  const SPAN = /^([-\d]+)(\??)\/([-\d]+)(\??)(?: attested ([-\d]+))?(?: certain ([-\d]+)\/([-\d]+))?$/;
  // From the surest class on a day to the least sure; the same as in graph/model/days.py.
  const CLASSES = ['certain', 'attested', 'possible', 'beyond', 'later', 'unplaced', 'out'];
  const SHOWN = CLASSES.slice(0, 3);

  function onDay(span, day) {
    const [, from, openBegin, until, openEnd, attested, certain, last] = span.match(SPAN);
    if (day < from) return openBegin ? 'later' : 'out';
    if (day > until) return openEnd ? 'beyond' : 'out';
    if (certain && certain <= day && day <= last) return 'certain';
    return attested && attested <= day ? 'attested' : 'possible';
  }

  // The class of a statement on a day; nothing without a day, and for what is rejected.
  function held(statement, day) {
    if (!day || statement.status === 'rejected') return '';
    if (statement.always) return 'certain';
    const found = (statement.spans ?? []).map(span => CLASSES.indexOf(onDay(span, day)));
    return found.length ? CLASSES[Math.min(...found)] : 'unplaced';
  }

  // The bounds in words, as exactly as they allow and no more.
  function period({ eb = '', lb = '', ee = '', le = '', cov, when = '' }) {
    const sometime = cov === 'sometime' || when.startsWith('{'); // A set may leave days out.
    if (sometime && eb === ee && lb === le) return within(eb, lb);
    // What only follows from the other side, since nothing ends before it begins, is not said.
    const [last, least] = [eb || lb !== le ? lb : '', le || ee !== eb ? ee : ''];
    const parts = [
      bound(eb, last, ['began on', 'began between', 'began by', 'began on', 'or later']),
      bound(least, le, ['ended on', 'ended between', 'ended by', 'lasted at least until', '']),
    ].filter(Boolean);
    if (sometime && parts.length) parts.push('on some day or days in this time');
    return parts.join('; ');
  }

  function bound(first, last, [on, between, by, from, later]) {
    if (first && first === last) return `${on} ${first}`;
    if (first && last) return `${between} ${first} and ${last}`;
    if (last) return `${by} ${last}`;
    return first ? `${from} ${first} ${later}`.trim() : '';
  }

  function within(first, last) {
    if (first && first === last) return `on ${first}`;
    if (first && last) return `on some day or days between ${first} and ${last}`;
    if (first) return `on some day or days, not before ${first}`;
    return last ? `on some day or days, ${last} at the latest` : '';
  }

  // The same as graph/model/dates.py takes: YEAR-MONTH-DAY, from the year 0001 on.
  function isDay(text) {
    const form = /^(?!0000)\d{4}-\d{2}-\d{2}$/;
    return form.test(text ?? '') && toDay(fromDay(text)) === text;
  }

  function fromDay(text) {
    return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  }

  function toDay(number) {
    const date = new Date(number * DAY);
    return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
  }

  // Events and agreements in order of time; one without any bound has no place in it.
  function events(data) {
    const found = [];
    for (const statement of data.statements.values()) {
      if (statement.p !== 'occurred' && statement.p !== 'concluded') continue;
      const first = statement.eb ?? statement.lb ?? statement.ee ?? statement.le;
      if (first && !data.rules.hidden.has(statement.status)) found.push({ statement, first });
    }
    return found.sort((a, b) => order(a.first, b.first) || order(a.statement.id, b.statement.id));
  }

  function order(a, b) {
    return a < b ? -1 : Number(a > b);
  }

  // The days to which the slider snaps: first and last bounds of dated events and stages.
  function moments(data) {
    const days = new Set();
    for (const statement of data.statements.values()) {
      if (!DATED.has(statement.p) || data.rules.hidden.has(statement.status)) continue;
      for (const day of [statement.eb, statement.lb, statement.ee, statement.le]) {
        if (day) days.add(day);
      }
    }
    return [...days].sort();
  }

  // What is told to begin or to end on a day: statements on events and stages bounded by it.
  function onMoment(data, day) {
    return [...data.statements.values()].filter(
      s => DATED.has(s.p) && !data.rules.hidden.has(s.status) && [s.eb, s.lb, s.ee, s.le].includes(day),
    );
  }

  // --- Filters -------------------------------------------------------------------------------

  function passes(data, statement, hidden) {
    return !(
      hidden.status.has(statement.status) ||
      hidden.family.has(predicate(data, statement).family) ||
      hidden.certainty.has(statement.c) ||
      statement.claims.every(claim => hidden.source.has(claim.src)) ||
      hidden.predicate?.has(statement.p)
    );
  }

  // Whether both ends may be drawn.
  function endsPass(data, statement, hidden) {
    return [statement.s, statement.o].every(
      end => data.drawn.places.has(end) && !hidden.kind.has(data.nodes.get(end).group),
    );
  }

  // All statements that a view holds, drawn or not, with how surely they held on its day.
  function statements(data, { world, on, certainOnly, hidden }) {
    const told = parseWorld(world);
    const found = new Map();
    for (const statement of data.statements.values()) {
      if (!inWorld(data, statement, told) || !passes(data, statement, hidden)) continue;
      const sure = held(statement, on);
      if (on && !(certainOnly ? sure === 'certain' : SHOWN.includes(sure))) continue;
      found.set(statement.id, sure);
    }
    return found;
  }

  // Those that are drawn as lines, after the filter by kind and the neighbourhood.
  function lines(data, view) {
    const found = new Map();
    const recipe = data.rules.lines[view.recipe];
    for (const [id, sure] of statements(data, view)) {
      const statement = data.statements.get(id);
      if (recipe && statement.draw !== recipe) continue;
      if (data.drawn.lines.has(id) && endsPass(data, statement, view.hidden)) found.set(id, sure);
    }
    return view.near ? around(data, found, view.near, view.depth) : found;
  }

  function ends(data, ids) {
    const found = new Set();
    for (const id of ids) {
      const { s, o } = data.statements.get(id);
      found.add(s).add(o);
    }
    return found;
  }

  // --- Neighbourhood and ways ----------------------------------------------------------------

  function adjacency(data, ids) {
    const found = new Map();
    const add = (from, to, id) => {
      if (!found.has(from)) found.set(from, []);
      found.get(from).push({ to, id });
    };
    for (const id of ids) {
      const { s, o } = data.statements.get(id);
      add(s, o, id);
      if (s !== o) add(o, s, id);
    }
    return found;
  }

  // The lines between nodes that are at most so many steps from a node.
  function around(data, found, start, depth) {
    const near = adjacency(data, found.keys());
    const seen = new Map([[start, 0]]);
    const queue = [start];
    for (const node of queue) {
      if (seen.get(node) >= depth) continue;
      for (const { to } of near.get(node) ?? []) {
        if (!seen.has(to)) queue.push(to) && seen.set(to, seen.get(node) + 1);
      }
    }
    const inside = ([id]) => {
      const { s, o } = data.statements.get(id);
      return seen.has(s) && seen.has(o) && Math.min(seen.get(s), seen.get(o)) < depth;
    };
    return new Map([...found].filter(inside));
  }

  // What a step costs.
  function cost(data, statement) {
    const { status, family, draw } = data.rules.costs;
    const more = family.get(predicate(data, statement).family) ?? 0;
    return status.get(statement.status) + more + (draw.get(statement.draw) ?? 0);
  }

  // The best ways between two nodes; each is a list of nodes.
  function ways(data, ids, from, to, most = data.rules.chains) {
    const near = weighted(data, ids);
    const first = cheapest(near, from, to);
    const found = first ? [first] : [];
    const others = [];
    while (found.length && found.length < most) {
      deviations(near, found, others, to);
      others.sort((a, b) => a.cost - b.cost || order(a.nodes.join(), b.nodes.join()));
      if (!others.length) break;
      found.push(others.shift());
    }
    return found.map(way => way.nodes);
  }

  function weighted(data, ids) {
    const found = new Map();
    for (const [node, steps] of adjacency(data, ids)) {
      const best = new Map();
      for (const { to, id } of steps) {
        const price = cost(data, data.statements.get(id));
        if (to !== node && price < (best.get(to) ?? Infinity)) best.set(to, price);
      }
      found.set(node, best);
    }
    return found;
  }

  // Ways that leave the last one found at one of its nodes (Yen's method).
  function deviations(near, found, others, to) {
    const last = found.at(-1).nodes;
    for (let i = 0; i < last.length - 1; i += 1) {
      const root = last.slice(0, i + 1);
      const used = found.filter(way => root.every((node, k) => way.nodes[k] === node));
      const closed = new Set(used.map(way => way.nodes[i + 1]));
      const rest = cheapest(near, last[i], to, new Set(root.slice(0, -1)), closed);
      if (!rest) continue;
      const nodes = [...root.slice(0, -1), ...rest.nodes];
      const key = nodes.join();
      if (others.some(way => way.nodes.join() === key)) continue;
      others.push({ nodes, cost: rest.cost + length(near, root) });
    }
  }

  function length(near, nodes) {
    let sum = 0;
    for (let i = 1; i < nodes.length; i += 1) sum += near.get(nodes[i - 1]).get(nodes[i]);
    return sum;
  }

  function cheapest(near, from, to, without = new Set(), closed = new Set()) {
    if (!near.has(from) || !near.has(to)) return null;
    const costs = new Map([[from, 0]]);
    const before = new Map();
    const done = new Set(without);
    for (;;) {
      let node;
      for (const [one, price] of costs) {
        if (!done.has(one) && (node === undefined || price < costs.get(node))) node = one;
      }
      if (node === undefined) return null;
      if (node === to) return { nodes: back(before, to), cost: costs.get(to) };
      done.add(node);
      for (const [next, price] of near.get(node)) {
        const sum = costs.get(node) + price;
        if (done.has(next) || (node === from && closed.has(next))) continue;
        if (sum < (costs.get(next) ?? Infinity)) {
          costs.set(next, sum);
          before.set(next, node);
        }
      }
    }
  }

  function back(before, to) {
    const nodes = [to];
    while (before.has(nodes[0])) nodes.unshift(before.get(nodes[0]));
    return nodes;
  }

  // The statements that join each two neighbours on a way, the surest first.
  function steps(data, ids, nodes) {
    const near = adjacency(data, ids);
    return nodes.slice(1).map((to, i) => {
      const joined = near.get(nodes[i]).filter(step => step.to === to).map(step => step.id);
      const price = id => cost(data, data.statements.get(id));
      return joined.sort((a, b) => price(a) - price(b) || order(a, b));
    });
  }

  // --- Differences ---------------------------------------------------------------------------

  // What stands in one of two sets of statements only, and what changes from sure to unsure.
  function differences(left, right) {
    const onlyLeft = [...left.keys()].filter(id => !right.has(id));
    const onlyRight = [...right.keys()].filter(id => !left.has(id));
    const both = [...left.keys()].filter(id => right.has(id));
    const changed = both.filter(id => left.get(id) && right.get(id) && left.get(id) !== right.get(id));
    return { onlyLeft, onlyRight, both, changed };
  }

  // --- Questions, agreements, voices -----------------------------------------------------------

  function answers(data, question) {
    return [...data.statements.values()].filter(statement => statement.q?.includes(question));
  }

  // A question is disputed if rival answers to it are, else open or told by one side.
  function questionStatus(data, question) {
    const found = new Set(answers(data, question).map(statement => statement.status));
    return data.rules.unsettled.find(status => found.has(status)) ?? 'open';
  }

  function agreements(data) {
    const found = [...data.nodes.values()].filter(node => node.class === 'Agreement');
    const begun = node => concluded(data, node.id)?.eb ?? concluded(data, node.id)?.lb ?? '9999';
    return found.sort((a, b) => order(begun(a), begun(b)) || order(a.id, b.id));
  }

  function concluded(data, agreement) {
    return (data.about.get(agreement) ?? []).find(s => s.p === 'concluded' && s.s === agreement);
  }

  function clauses(data, agreement) {
    return [...data.nodes.values()].filter(node => node.part === agreement);
  }

  // Statements on a thing with a predicate, in order of time.
  function statedOf(data, thing, name) {
    return (data.about.get(thing) ?? [])
      .filter(statement => statement.s === thing && statement.p === name)
      .sort((a, b) => order(start(a), start(b)) || order(a.id, b.id));
  }

  function start(statement) {
    return statement.eb ?? statement.lb ?? statement.ee ?? statement.le ?? '9999';
  }

  // All voices with the number of their claims, the most talkative first.
  function voices(data) {
    const counts = new Map();
    for (const { claim } of data.claims.values()) {
      counts.set(claim.by, (counts.get(claim.by) ?? 0) + 1);
    }
    return [...counts]
      .map(([id, count]) => ({ id, count, name: nodeName(data, id) }))
      .sort((a, b) => b.count - a.count || order(a.name, b.name));
  }

  function authors(data) {
    return new Set([...data.sources.values()].flatMap(source => source.by ?? []));
  }

  // Pairs of voices, none an author of a source, that contradict each other, the most first.
  function rivals(data) {
    const told = authors(data);
    const pairs = new Map();
    for (const { claim } of data.claims.values()) {
      for (const other of claim.dis ?? []) {
        const voice = data.claims.get(other)?.claim.by;
        if (!voice || claim.by >= voice || told.has(claim.by) || told.has(voice)) continue;
        const key = `${claim.by} ${voice}`;
        pairs.set(key, (pairs.get(key) ?? 0) + 1);
      }
    }
    return [...pairs]
      .sort((a, b) => b[1] - a[1] || order(a[0], b[0]))
      .map(([key]) => key.split(' '));
  }

  // Accepted agreements that are dated to a few months, in order of time: the statement that each
  // was concluded.
  function turns(data) {
    return agreements(data)
      .map(node => concluded(data, node.id))
      .filter(fact => fact?.status === 'accepted' && fact.eb && fact.le)
      .filter(fact => fromDay(fact.le) - fromDay(fact.eb) <= SHORT);
  }

  // Pairs of such agreements of the same talks, or of which one replaces the other.
  function successions(data) {
    const found = turns(data);
    return found.flatMap((later, i) =>
      found
        .slice(0, i)
        .filter(earlier => follows(data.nodes.get(later.s), data.nodes.get(earlier.s)))
        .map(earlier => [earlier, later]),
    );
  }

  function follows(later, earlier) {
    return later.replaces === earlier.id || (later.process && later.process === earlier.process);
  }

  // --- Names ---------------------------------------------------------------------------------

  // The normal form of a name, as name_key of graph/model/names.py gives it, with the tables of it.
  function plain(data, text) {
    const { letters, signs, passed, blanks } = data.rules.names;
    const within = (names, more) => new RegExp(`[${names.map(name => `\\p{${name}}`).join('')}${more}]+`, 'gu');
    return text.normalize('NFKD').toLowerCase().normalize('NFKD')
      .replace(within(passed, signs), '')
      .replace(/./gsu, letter => letters[letter] ?? letter)
      .replace(within(blanks, '\t\n\v\f\r'), ' ')
      .replace(/^ | $/g, '');
  }

  // Nodes by name, the best match first: id, label, Arabic name or any further name.
  function search(data, text) {
    const wanted = plain(data, text);
    if (!wanted) return [];
    return [...data.nodes.values()]
      .map(node => ({ node, ...best(data, node, wanted) }))
      .filter(({ rank }) => rank < Infinity)
      .sort((a, b) => a.rank - b.rank || a.node.name.localeCompare(b.node.name, 'en'));
  }

  function best(data, node, wanted) {
    let found = { rank: plain(data, node.id) === wanted ? 0 : Infinity, name: node.name };
    for (const name of [node.name, node.ar, ...(node.also ?? [])].filter(Boolean)) {
      const rank = place(plain(data, name), wanted);
      if (rank < found.rank) found = { rank, name };
    }
    return found;
  }

  // 0 for the whole text, 1 for its beginning, 2 for that of a word, 3 for any other place.
  function place(text, wanted) {
    if (text === wanted) return 0;
    if (text.startsWith(wanted)) return 1;
    if (text.includes(` ${wanted}`)) return 2;
    return text.includes(wanted) ? 3 : Infinity;
  }

  hudna.model = {
    agreements, answers, authors, clauses, concluded, differences, ends,
    events, fromDay, held, inWorld, isDay, lines, moments, nodeName, object, onMoment, order,
    parseWorld, period, plain, predicate, prepare, questionStatus, rivals, search, sentence, start,
    statedOf, statements, steps, successions, toDay, turns, value, voices, ways, word,
  };
})();
