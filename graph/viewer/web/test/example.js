// A small case as a page holds it: a council, a guard and a ford, and who says what of them.
import { prepare } from '../core/index.js';

const NAMES = { letters: { é: 'e' }, signs: '', passed: ['Mn'], blanks: ['Zs'] };

/** @type {(more?: Record<string, any>) => any} */
export function given(more = {}) {
  const claim = (by, st, rest = {}) => ({ by, st, c: 'certain', src: 'courier', at: ['1.1'], ...rest });
  const line = (s, p, o, status, rest = {}) => ({ s, p, o, status, c: 'certain', draw: 'tie', claims: [claim('writer', 'asserts')], ...rest });
  const thing = (name, group, rest = {}) => ({ name, class: 'Group', group, ...rest });
  return {
    case: 'made',
    predicates: {
      backs: { label: 'backs', family: 'backing', sign: 1 },
      shells: { label: 'shells', family: 'violence', sign: -1 },
      occurred: { label: 'occurred', family: 'event', sign: 0 },
    },
    words: { Group: 'Group' },
    nodes: {
      council: thing('Town Council', 'group', { also: ['Conseil élu'] }),
      guard: thing('River Guard', 'group'),
      ford: thing('The Ford', 'place', { in: { ar: 'المخاضة' } }),
      mill: thing('Mill', 'place'),
      writer: thing('The Courier', 'person', { class: 'Person' }),
      hearsay: thing('hearsay', 'person', { class: 'Hearsay' }),
      fight: thing('The Fight', 'event', { class: 'Event' }),
    },
    statements: {
      one: line('council', 'backs', 'guard', 'accepted', { actors: 1 }),
      two: line('guard', 'shells', 'ford', 'alleged', { claims: [claim('council', 'asserts')], q: ['who'] }),
      three: line('council', 'backs', 'mill', 'contested', {
        claims: [claim('writer', 'asserts'), claim('guard', 'denies', { dis: ['three.writer.asserts.courier'] })],
        no: ['guard'],
        q: ['who'],
      }),
      four: line('mill', 'backs', 'ford', 'rejected'),
      five: line('guard', 'backs', 'mill', 'open', { spans: ['2020-01-01/2020-03-01'] }),
      fought: { s: 'fight', p: 'occurred', v: 'yes', status: 'accepted', c: 'certain', at: '2020-02-01', eb: '2020-02-01', lb: '2020-02-01', ee: '2020-02-02', le: '2020-02-02', claims: [claim('writer', 'asserts')] },
    },
    questions: { who: { name: 'Who?', kind: 'open', about: [], exclusive: true } },
    sources: { courier: { title: 'Courier', by: ['writer'] } },
    notes: [],
    days: [],
    dates: {},
    times: [],
    until: { writer: '2021-01-01', council: '2021-01-01', guard: '2021-01-01' },
    languages: [{ tag: 'en', name: 'English', direction: 'ltr' }, { tag: 'ar', name: 'Arabic', direction: 'rtl' }],
    rules: {
      affirming: ['asserts'], asserting: ['asserts'], denying: ['denies'], hidden: ['rejected'], arrows: ['causes'], quoted: ['Event'],
      unsettled: ['contested', 'alleged', 'open', 'rejected', 'accepted'],
      lines: { ties: 'tie', participation: 'role' },
      costs: { status: { accepted: 1, contested: 3, alleged: 3, open: 3, rejected: 9 }, family: {}, draw: {} },
      chains: 5, glance: 0,
      names: NAMES,
    },
    styles: { shapes: {}, signs: {}, statuses: {}, lanes: [['deals', 'negotiation'], ['force', 'violence'], ['other', 'other']] },
    drawn: {
      by: 'vis',
      nodes: ['council', 'guard', 'ford', 'mill'].map((of, i) => ({ id: `n${i}`, of, x: 10 * i, y: 0, size: 5, font: 12 })),
      edges: ['one', 'two', 'three', 'four', 'five'].map((of, i) => ({ id: `e${i}`, of, from: 'n0', to: 'n1', bend: 0 })),
    },
    ...more,
  };
}

export const example = more => prepare(given(more));
