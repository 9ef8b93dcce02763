import { expect, test } from 'vitest';
import { acknowledge, checkOff, report } from '../../../shared/domain/proactive/traffic/answer.ts';
import { fail } from '../../../shared/domain/proactive/traffic/failure.ts';
import { plan } from '../../../shared/domain/proactive/traffic/planning.ts';
import { runTask } from '../../../shared/domain/proactive/traffic/tasks.ts';
import {
  actor,
  armed,
  aroundWith,
  deciding,
  drawAt,
  eventWith,
  handedOver,
  personCalled,
  providerNamed,
  told,
} from '../../support/traffic.ts';

const alpha = providerNamed('alpha');
const planned = plan(eventWith({ serviceIds: ['svc_alpha'] }), deciding(aroundWith([alpha])));
const context = aroundWith([alpha], { notices: handedOver(planned) });
const invocation = drawAt('2026-01-06T09:00:00.000Z', '01KE6F3G000000000000000002');
const taskContext = { context, invocation };
const event = planned.state;

test.each([
  ['of an older generation', { ...event, generation: 2 }, 'ask-again:prv_alpha', 'overtaken'],
  ['of what is cancelled', { ...event, status: 'cancelled' as const }, 'day-before', 'cancelled'],
  ['of what is over', { ...event, status: 'over' as const }, 'ask-again:prv_alpha', 'over'],
  ['that only a newer version knows', event, 'sing', 'unknown-task'],
  ['of a provider that is gone', event, 'ask-again:prv_other', 'nothing-to-ask'],
  [
    'that asks who how it went, when that is known',
    { ...event, status: 'over' as const, outcome: { problems: '', at: invocation.now, by: 'x' } },
    'follow-up:0',
    'reported-already',
  ],
])('a task %s does nothing', (_which, state, task, reason) => {
  const done = runTask(state, { generation: 1, task }, taskContext);
  expect(done).toMatchObject({ state, outbox: [], history: [], reason });
});

test('each time it is asked again one more contact hears of it', () => {
  const again = runTask(event, { generation: 1, task: 'ask-again:prv_alpha' }, taskContext);
  expect(told(again)).toEqual([
    'asked-again support@alpha.example.com',
    'asked-again lead@alpha.example.com',
  ]);
  expect(armed(again)).toEqual(['ask-again:prv_alpha 2026-01-07T09:00:00.000Z']);
});

test('nobody on call is told to the manager, with what to do', () => {
  const deaf = personCalled('cy', false);
  const coverage = [{ of: 'Shop', atStart: [personCalled('ada')], atEnd: [deaf] }];
  const done = runTask(event, { generation: 1, task: 'cover' }, { ...taskContext, coverage });
  expect(told(done)).toEqual(['cover ada@example.com', 'not-covered bo@example.com']);
  expect(done.history).toMatchObject([
    { text: 'Shop: nobody who can be reached is on call as it ends.', reason: 'not-covered' },
  ]);
});

test('an answer that comes twice is one; what is added to it is kept', () => {
  const said = { providerId: 'prv_alpha', by: 'Hanna', recipientId: 'ctc_1', actor, invocation };
  const noted = acknowledge(event, said);
  expect(noted.reason).toBe('acknowledged');
  expect(acknowledge(noted.state, { ...said, by: 'Otto' })).toMatchObject({
    state: noted.state,
    history: [],
    reason: 'acknowledged-already',
  });
  const more = acknowledge(noted.state, { ...said, by: 'Otto', answer: 'Upsized' });
  expect(more.reason).toBe('answer-added');
  expect(more.state.notices).toMatchObject([{ acknowledgedBy: 'Hanna', answer: 'Upsized' }]);
});

test.each(['cancelled', 'over'] as const)('what is %s takes no answer', (status) => {
  const said = { providerId: 'prv_alpha', by: 'Hanna', actor, invocation };
  expect(() => acknowledge({ ...event, status }, said)).toThrow('there is nothing to confirm');
});

test('a check is ticked off once, by whoever did it first', () => {
  const doing = { by: 'per_ada', actor, invocation };
  const state = { ...event, preChecks: [{ id: 'cache', label: 'The cache is warm' }] };
  const done = checkOff(state, 'cache', doing);
  expect(done.state.preChecks).toMatchObject([{ doneAt: invocation.now, doneBy: 'per_ada' }]);
  expect(checkOff(done.state, 'cache', { ...doing, by: 'per_bo' })).toMatchObject({
    state: done.state,
    reason: 'done-already',
  });
  expect(() => checkOff(state, 'tea', doing)).toThrow('no such check');
});

test('how it went cannot be told before it has begun', () => {
  expect(() => report(event, { problems: '' }, { by: 'x', actor, invocation })).toThrow('has not started');
});

const [announcement] = handedOver(planned);
const gone = announcement && { ...announcement, state: 'given-up' as const };
test('a notice that came back after the provider had noted it changes nothing', () => {
  if (!gone) throw new Error('Nothing was announced.');
  const noted = acknowledge(event, { providerId: 'prv_alpha', by: 'Hanna', actor, invocation }).state;
  const failing = { notice: gone, context: { ...context, notices: [gone] }, invocation };
  expect(fail(noted, failing)).toMatchObject({ state: noted, outbox: [], reason: 'nothing-to-do' });
  expect(told(fail(event, failing))).toEqual(['announcement lead@alpha.example.com']);
});
