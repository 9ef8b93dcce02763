import { expect, test } from 'vitest';
import { FIRST, SECOND } from '../support/team.ts';
import type { Evidence } from './evidence.ts';
import { type Case, judge } from './verdict.ts';

const KILLED = Date.parse('2026-01-05T09:00:10Z');

const message = (id: string, to: string, second: number) => ({
  id,
  to,
  at: new Date(KILLED + (second - 10) * 1000).toISOString(),
  channel: 'email',
  subject: 'Checkout is failing [m1-1]',
  text: '',
  links: [],
});

/** One unanswered problem, escalated after the last kill, and nothing wrong with it. */
const kept = (): Case => ({
  stories: [{ dedupKey: 'm1-1', ending: 'unanswered' }],
  team: { clientId: 'cli_1', serviceId: 'svc_1', people: { first: 'per_1', second: 'per_2' } },
  killedAt: [KILLED],
  killsLater: 1,
  evidence: {
    alerts: [{ id: 'alt_1', dedupKey: 'm1-1', incidentId: 'inc_1' }],
    incidents: [{ id: 'inc_1', title: 'Checkout is failing [m1-1]', status: 'triggered' }],
    pages: new Map([
      [
        'inc_1',
        [
          { id: 'pag_1', personId: 'per_1', state: 'handed-over', step: 0 },
          { id: 'pag_2', personId: 'per_2', state: 'handed-over', step: 1 },
        ],
      ],
    ]),
    messages: [message('pag_1', FIRST, 1), message('pag_1', FIRST, 12), message('pag_2', SECOND, 90)],
  },
});

const after = (spoil: (evidence: Evidence, all: Case) => unknown): string[] => {
  const spoilt = kept();
  spoil(spoilt.evidence, spoilt);
  return judge(spoilt)
    .filter(({ broken }) => broken.length > 0)
    .map(({ promise }) => promise);
};

test('finds nothing wrong where nothing is', () => {
  expect(after(() => {})).toEqual([]);
});

test.each<[string, (evidence: Evidence, all: Case) => unknown, RegExp]>([
  ['a lost alert', ({ alerts }) => alerts.pop(), /accepted trigger is one alert/],
  [
    'a doubled alert',
    ({ alerts }) => alerts.push({ ...alerts[0], id: 'alt_2' } as never),
    /one alert with one/,
  ],
  ['a lost incident', ({ incidents }) => incidents.pop(), /accepted trigger is one alert/],
  [
    'a forgotten answer',
    (_, all) => Object.assign(all.stories[0] ?? {}, { ending: 'resolved' }),
    /last said/,
  ],
  [
    'an invented alert',
    ({ alerts }) => alerts.push({ id: 'alt_9', dedupKey: 'x', incidentId: 'y' }),
    /nobody/,
  ],
  [
    'a page that hangs',
    ({ pages }) => Object.assign(pages.get('inc_1')?.[0] ?? {}, { state: 'claimed' }),
    /promised page/,
  ],
  ['a page said to be sent that was not', ({ messages }) => messages.splice(0, 2), /promised page/],
  [
    'nobody paged first',
    ({ pages, messages }) => [pages.get('inc_1')?.shift(), messages.splice(0, 2)],
    /paged first/,
  ],
  [
    'a timer that did not fire',
    ({ pages, messages }) => [pages.get('inc_1')?.pop(), messages.pop()],
    /second/,
  ],
  [
    'a page after an answer',
    (_, all) => Object.assign(all.stories[0] ?? {}, { ending: 'acknowledged' }),
    /second/,
  ],
  ['a message nobody promised', ({ messages }) => messages.push(message('pag_9', FIRST, 2)), /not promised/],
  [
    'a message to somebody else',
    ({ messages }) => messages.push(message('pag_2', FIRST, 91)),
    /not promised/,
  ],
  ['twice without a kill', ({ messages }) => messages.splice(1, 0, message('pag_1', FIRST, 2)), /sent twice/],
])('finds %s', (_name, spoil, promise) => {
  expect(after(spoil).join()).toMatch(promise);
});
