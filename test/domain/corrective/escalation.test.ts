import { describe, expect, test } from 'vitest';
import { fallBack, takeNext } from '../../../shared/domain/corrective/incidents/escalation.ts';
import type { Step } from '../../../shared/domain/corrective/incidents/escalation-policy.ts';
import type { Incident } from '../../../shared/domain/corrective/incidents/incident.ts';
import { timelineOf } from '../../../shared/domain/corrective/incidents/timeline.ts';
import { atOnce } from '../../../shared/domain/corrective/paging/reach.ts';
import type { Decision } from '../../../shared/domain/outbox/decision.ts';
import type { Casting } from '../../support/cast.ts';
import { cast } from '../../support/cast.ts';
import { caseOf, drawAt } from '../../support/standing.ts';

const paged = ({ outbox: effects }: Decision<Incident>): string[] =>
  effects.flatMap((each) => (each.kind === 'page' ? [`${each.personName} ${each.channel}`] : []));

const at = (incident: Incident, loop: number, step: number): Incident => ({
  ...incident,
  escalation: { state: 'running', loop, step },
});

interface Row {
  when: string;
  reason: string;
  casting?: Casting;
  loop: number;
  step: number;
  pages: string[];
  leaves: Partial<Incident['escalation']>;
}
const none = { ada: [], bo: [], cy: [], dee: [] };
const ROWS: Row[] = [
  {
    when: 'nobody answered the first step',
    reason: 'step-taken',
    ...{ loop: 0, step: 0, pages: ['Bo sms', 'Bo email'], leaves: { state: 'running', loop: 0, step: 1 } },
  },
  {
    when: 'nobody answered the last step',
    reason: 'exhausted',
    ...{ loop: 0, step: 2, pages: ['the fallback contact email'], leaves: { state: 'exhausted', round: 1 } },
  },
  {
    when: 'nobody answered the last step, and the policy repeats',
    reason: 'step-taken',
    casting: { repeats: 1 },
    ...{ loop: 0, step: 2, pages: ['Ada sms', 'Ada email'], leaves: { state: 'running', loop: 1, step: 0 } },
  },
  {
    when: 'nobody answered the last step of the last round',
    reason: 'exhausted',
    casting: { repeats: 1 },
    ...{ loop: 1, step: 2, pages: ['the fallback contact email'], leaves: { state: 'exhausted', round: 1 } },
  },
  {
    when: 'nobody on the next step can be reached',
    reason: 'step-taken',
    casting: { methods: { bo: [] } },
    ...{ loop: 0, step: 0, pages: ['Cy sms', 'Cy email', 'Dee sms', 'Dee email'], leaves: { step: 2 } },
  },
  {
    when: 'nobody can be reached at all, however often it repeats',
    reason: 'exhausted',
    casting: { methods: none, repeats: 9 },
    ...{ loop: 0, step: 0, pages: ['the fallback contact email'], leaves: { state: 'exhausted' } },
  },
];

test.each(ROWS)('$when: $reason', ({ casting, loop, step, pages, leaves, reason }) => {
  const given = caseOf(casting);
  const decision = takeNext(given.standing(at(given.opened.state, loop, step)), drawAt());
  expect(decision.reason).toBe(reason);
  expect(paged(decision)).toEqual(pages);
  expect(decision.state.escalation).toMatchObject(leaves);
});

describe('opening', () => {
  test('takes the first step in the same decision, and arms the next', () => {
    const { opened } = caseOf();
    expect(paged(opened)).toEqual(['Ada sms', 'Ada email']);
    expect(opened.outbox.filter((each) => each.kind === 'timer')).toMatchObject([
      { dueAt: '2026-01-05T09:05:00.000Z', command: { type: 'escalate', generation: 1, loop: 0, step: 0 } },
    ]);
    expect(opened.history.map(({ what }) => what)).toEqual(['opened', 'step-taken']);
  });

  test('at low urgency by mail alone', () =>
    expect(paged(caseOf({ severity: 'sev3' }).opened)).toEqual(['Ada email']));

  test('pages somebody who stands on the step twice once', () => {
    const twice = ({ ada }: { ada: { id: string } }): Step[] => [
      { delay: 'PT5M', targets: [1, 2].map(() => ({ type: 'person' as const, id: ada.id })) },
    ];
    expect(paged(caseOf({ steps: twice }).opened)).toEqual(['Ada sms', 'Ada email']);
  });
});

test('the fallback contact is reached again in 30 minutes, round by round', () => {
  const given = caseOf();
  const invocation = drawAt();
  const history = timelineOf(given.opened.state, invocation);
  const decision = fallBack(given.standing(), { invocation, history, round: 7 });
  expect(decision.state.escalation).toMatchObject({
    state: 'exhausted',
    round: 7,
    nextAt: '2026-01-05T09:30:00.000Z',
  });
  expect(decision.outbox).toMatchObject([
    { kind: 'page', promise: 'g1.fallback.7#fallback#fallback', purpose: 'fallback' },
    { kind: 'timer', command: { type: 'fall-back', round: 8 } },
  ]);
});

test('a step of many people is paged in parts, and nobody is left out', () => {
  const { ada } = cast({}).people;
  const crowd = Array.from({ length: 30 }, (_, place) => ({ ...ada, id: `per_${place}` }));
  const { now, later } = atOnce(crowd, caseOf().opened.state);
  expect([now.length, later.length]).toEqual([8, 22]);
  expect([...now, ...later]).toEqual(crowd);
  const many = Array.from({ length: 20 }, (_, place) => ({ ...ada.contactMethods[0], id: `m${place}` }));
  const [one] = atOnce([{ ...ada, contactMethods: many as never }], caseOf().opened.state).now;
  expect(one?.contactMethods).toHaveLength(20);
});
