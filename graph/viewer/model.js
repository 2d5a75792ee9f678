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
    data.dates = new Map(Object.entries(data.dates));
    data.until = new Map(Object.entries(data.until));
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

  // How many of something there are: "1 event", "3 events".
  function counted(count, one, many) {
    return `${count} ${plural(count, one, many)}`;
  }

  function plural(count, one, many = `${one}s`) {
    return count === 1 ? one : many;
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
    const [mode, ...rest] = String(text ?? 'all').split(':');
    const voice = rest.join(':');
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
  function inWorld({ rules, until }, statement, { mode, voice }) {
    if (mode === 'agreed') return statement.status === 'accepted';
    if (mode === 'alleged') {
      return statement.status === 'alleged' && (!voice || says(statement, voice, rules.asserting));
    }
    if (mode === 'voice') {
      const accepted = statement.status === 'accepted' && !(statement.told > until.get(voice));
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

  // When a statement holds, in words.
  function period(data, { t }) {
    return data.times[t] ?? '';
  }

  // The date of a statement in words, shorter than its period.
  function when(data, statement) {
    return data.dates.get(statement?.when) ?? statement?.when ?? '';
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
      if (statement.at && !data.rules.hidden.has(statement.status)) found.push(statement);
    }
    return found.sort(inTime);
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
    const projection = data.rules.lines[view.projection];
    for (const [id, sure] of statements(data, view)) {
      const statement = data.statements.get(id);
      if (projection && statement.draw !== projection) continue;
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

  // The best ways between two nodes, those without hostility first; sign leaves out those over
  // hostility (not-negative) or all others (negative). Each has its nodes, the statements that join
  // each two neighbours on it, the surest first, and the words of those that are hostile. It is done
  // as in graph/network/ways.py.
  function ways(data, ids, from, to, sign = 'any', most = data.rules.chains) {
    const told = [...ids].map(id => data.statements.get(id));
    const peaceful = joined(data, told.filter(one => !hostile(data, one)));
    const rough = new Map([...peaceful, ...joined(data, told.filter(one => hostile(data, one)))]);
    const found = [];
    for (const [all, over, without] of [[peaceful, false, 'negative'], [rough, true, 'not-negative']]) {
      if (sign === without) continue;
      const near = hops(data, all);
      const ways = ranked(near, between(near, from, to), from, to, over, most - found.length);
      found.push(...ways.map(nodes => way(data, all, nodes)));
    }
    return found;
  }

  function hostile(data, statement) {
    return predicate(data, statement).sign < 0;
  }

  const pair = (one, other) => [one, other].sort(order).join(' ');

  // The statements between each two things.
  function joined(data, statements) {
    const found = new Map();
    for (const one of statements) {
      if (one.s === one.o) continue;
      const key = pair(one.s, one.o);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(one);
    }
    return found;
  }

  // What it costs to go from each node to its neighbours, and whether only hostility joins them.
  function hops(data, all) {
    const found = new Map();
    for (const [key, told] of all) {
      const hop = {
        cost: Math.min(...told.map(one => cost(data, one))),
        hostile: told.every(one => hostile(data, one)),
      };
      const [one, other] = key.split(' ');
      for (const [start, end] of [[one, other], [other, one]]) {
        if (!found.has(start)) found.set(start, new Map());
        found.get(start).set(end, hop);
      }
    }
    return found;
  }

  // The nodes that are on a way between two: those that share a block with them, if they touch
  // (Hopcroft and Tarjan 1973, doi:10.1145/362248.362272).
  function between(near, from, to) {
    if (!near.has(from) || !near.has(to)) return new Set();
    const number = new Map([[from, 0], [to, 1]]);
    const low = new Map(number);
    const above = new Map([[to, from]]);
    const lower = (node, value) => low.set(node, Math.min(low.get(node), value));
    const trail = [[to, near.get(to).keys()]];
    while (trail.length) {
      const [node, others] = trail.at(-1);
      const { value: next, done } = others.next();
      if (done) {
        trail.pop();
        lower(above.get(node), low.get(node));
      } else if (!number.has(next)) {
        low.set(next, number.size);
        number.set(next, number.size);
        above.set(next, node);
        trail.push([next, near.get(next).keys()]);
      } else if (next !== above.get(node)) lower(node, number.get(next));
    }
    const found = new Set([from, to]);
    for (const [node, up] of above) {
      if (up !== from && found.has(up) && low.get(node) < number.get(up)) found.add(node);
    }
    return found;
  }

  function ranked(near, inside, from, to, over, most) {
    const found = [];
    const begun = inside.has(from) ? [{ least: 0, spent: 0, nodes: [from], done: !over }] : [];
    const first = (a, b) => a.least - b.least || inOrder(a.nodes, b.nodes);
    while (begun.length && found.length < most) {
      const best = begun.reduce((a, b) => (first(b, a) < 0 ? b : a));
      begun.splice(begun.indexOf(best), 1);
      const last = best.nodes.at(-1);
      if (last === to) {
        found.push(best.nodes);
        continue;
      }
      const open = new Set(inside);
      for (const node of best.nodes) open.delete(node);
      const rest = least(near, open, to);
      for (const [node, hop] of near.get(last)) {
        const done = best.done || hop.hostile;
        const more = rest[Number(done)].get(node);
        if (!open.has(node) || more === undefined) continue;
        const spent = best.spent + hop.cost;
        begun.push({ least: spent + more, spent, nodes: [...best.nodes, node], done });
      }
    }
    return found;
  }

  // What it costs at the least to come from open nodes to one, with a hostile hop and with any.
  function least(near, open, to) {
    const rest = [new Map(), new Map([[to, 0]])];
    const todo = [[[to, 1]]];
    for (let spent = 0; spent < todo.length; spent += 1) {
      for (const [node, done] of todo[spent] ?? []) {
        if (spent > rest[done].get(node)) continue;
        for (const [before, hop] of near.get(node)) {
          const sum = spent + hop.cost;
          if (before === to || !open.has(before)) continue;
          for (const had of hop.hostile && done ? [0, 1] : [done]) {
            if (sum >= (rest[had].get(before) ?? Infinity)) continue;
            rest[had].set(before, sum);
            (todo[sum] ??= []).push([before, had]);
          }
        }
      }
    }
    return rest;
  }

  // Two lists of ids in the order of their first difference.
  function inOrder(one, other) {
    const at = one.findIndex((node, i) => node !== other[i]);
    return at < 0 ? one.length - other.length : order(one[at], other[at] ?? '');
  }

  function way(data, all, nodes) {
    const price = one => data.rules.costs.status.get(one.status);
    const steps = nodes.slice(1).map((to, i) => all.get(pair(nodes[i], to))
      .sort((a, b) => price(a) - price(b) || order(a.at ?? '', b.at ?? '') || order(a.id, b.id)));
    const words = steps.flat().filter(one => hostile(data, one)).map(one => predicate(data, one).label);
    return { nodes, steps: steps.map(step => step.map(one => one.id)), over: [...new Set(words)] };
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
    const begun = node => concluded(data, node.id) ?? {};
    return found.sort((a, b) => order(start(begun(a)), start(begun(b))) || order(a.id, b.id));
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
      .sort(inTime);
  }

  // What the build sorts statements by; what is not dated comes last.
  function start(statement) {
    return statement.at ?? '9999~';
  }

  function besides(statement) {
    return statement.free ? 'order within its day not told' : '';
  }

  function inTime(a, b) {
    return order(start(a), start(b)) || order(a.id, b.id);
  }

  // Hearsay is nobody: it is called nothing and has no world.
  const somebody = (data, id) => data.nodes.get(id)?.class !== 'Hearsay';

  // All voices but hearsay, with the number of their claims, the most talkative first.
  function voices(data) {
    const counts = new Map();
    for (const { claim } of data.claims.values()) {
      if (somebody(data, claim.by)) counts.set(claim.by, (counts.get(claim.by) ?? 0) + 1);
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

  // The names of a node in the other languages of the case: tag, direction and text.
  function names(data, node) {
    return data.languages.slice(1).filter(({ tag }) => node.in?.[tag]).map(one => ({ ...one, text: node.in[one.tag] }));
  }

  // Nodes by name, the best match first: id, label, name in another language or any further name.
  function search(data, text) {
    const wanted = plain(data, text);
    if (!wanted) return [];
    return [...data.nodes.values()]
      .filter(node => somebody(data, node.id))
      .map(node => ({ node, ...best(data, node, wanted) }))
      .filter(({ rank }) => rank < Infinity)
      .sort((a, b) => a.rank - b.rank || a.node.name.localeCompare(b.node.name, 'en'));
  }

  function best(data, node, wanted) {
    let found = { rank: plain(data, node.id) === wanted ? 0 : Infinity, name: node.name };
    for (const name of [node.name, ...Object.values(node.in ?? {}), ...(node.also ?? [])]) {
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
    agreements, answers, authors, besides, clauses, concluded, counted, differences, ends,
    events, fromDay, held, inTime, inWorld, isDay, lines, moments, names, nodeName, object, onMoment, order,
    parseWorld, period, plain, plural, predicate, prepare, questionStatus, rivals, search, sentence, start,
    statedOf, statements, successions, toDay, turns, value, voices, ways, when, word,
  };
})();
