import { expect, test } from 'vitest';
import { cancel, change, plan } from '../../../shared/domain/proactive/traffic/planning.ts';
import {
  actor,
  armed,
  aroundWith,
  deciding,
  drawAt,
  eventWith,
  handedOver,
  noticesIn,
  personCalled,
  providerNamed,
  serviceAt,
  told,
} from '../../support/traffic.ts';

const alpha = providerNamed('alpha');
const beta = providerNamed('beta');
const both = aroundWith([alpha, beta]);
const atBoth = eventWith({ serviceIds: ['svc_alpha', 'svc_beta'] });
const LATER = '2026-01-06T09:00:00.000Z';
const moved = {
  startsAt: '2026-01-27T10:00',
  start: '2026-01-27T09:00:00.000Z',
  end: '2026-01-27T14:00:00.000Z',
};

test('each provider is told of its own services only, though their contacts are called the same', () => {
  const planned = plan(atBoth, deciding(both));
  expect(told(planned)).toEqual([
    'announcement support@alpha.example.com',
    'announcement support@beta.example.com',
  ]);
  const [first, second] = noticesIn(planned);
  expect(first?.promise).not.toBe(second?.promise);
  expect(first?.to.id).not.toBe(second?.to.id);
  expect(first?.text).toContain('Services: alpha\n');
  expect(first?.text).not.toContain('beta');
});

test('everything is armed: the day and the hour before, who is on call, the deadline, asking again, the end', () => {
  expect(armed(plan(eventWith({ serviceIds: ['svc_alpha'] }), deciding(aroundWith([alpha])))).sort()).toEqual(
    [
      'ask-again:prv_alpha 2026-01-06T09:00:00.000Z',
      'cover 2026-01-25T05:00:00.000Z',
      'day-before 2026-01-24T09:00:00.000Z',
      'deadline:prv_alpha 2026-01-17T09:00:00.000Z',
      'hour-before 2026-01-25T08:00:00.000Z',
      'over 2026-01-25T14:00:00.000Z',
    ],
  );
});

test('planned at short notice: what has passed is not armed, and who is on call is looked at now', () => {
  const soon = { start: '2026-01-05T12:00:00.000Z', end: '2026-01-05T13:00:00.000Z' };
  const planned = plan(eventWith({ serviceIds: ['svc_alpha'], ...soon }), deciding(aroundWith([alpha])));
  expect(armed(planned).sort()).toEqual([
    'ask-again:prv_alpha 2026-01-05T10:00:00.000Z',
    'cover 2026-01-05T09:00:00.000Z',
    'hour-before 2026-01-05T11:00:00.000Z',
    'over 2026-01-05T13:00:00.000Z',
  ]);
  expect(told(planned)).toEqual(['announcement support@alpha.example.com', 'late bo@example.com']);
});

test('one provider lacks something: only it waits, and the owner hears of it once', () => {
  const asks = providerNamed('beta', { noticeFields: ['urls', 'baseline'] });
  const planned = plan(atBoth, deciding(aroundWith([alpha, asks])));
  expect(planned.state.notices.map(({ state, missing }) => ({ state, missing }))).toEqual([
    { state: 'sent', missing: [] },
    { state: 'incomplete', missing: ['baseline', 'urls'] },
  ]);
  expect(told(planned)).toEqual(['announcement support@alpha.example.com', 'incomplete ada@example.com']);
  expect(armed(planned)).toContain('complete 2026-01-06T09:00:00.000Z');
});

test('what concerns one provider alone is told to that one alone, and what the other noted stays noted', () => {
  const planned = plan(atBoth, deciding(both));
  const was = {
    ...planned.state,
    notices: planned.state.notices.map((notice) => ({
      ...notice,
      state: 'acknowledged' as const,
      acknowledgedBy: 'Hanna',
    })),
  };
  const services = [serviceAt(alpha), { ...serviceAt(alpha), id: 'svc_new', name: 'new' }, serviceAt(beta)];
  const context = { ...both, services, notices: handedOver(planned) };
  const changed = change(
    was,
    { ...was, serviceIds: [...was.serviceIds, 'svc_new'] },
    deciding(context, LATER),
  );
  expect(told(changed)).toEqual(['change support@alpha.example.com']);
  expect(changed.state.notices.map(({ state }) => state)).toEqual(['sent', 'acknowledged']);
  expect(changed.state.generation).toBe(2);
});

test('a provider that it does not concern any more is told so, and a new one is told of it', () => {
  const planned = plan(eventWith({ serviceIds: ['svc_alpha'] }), deciding(both));
  const context = { ...both, notices: handedOver(planned) };
  const changed = change(
    planned.state,
    { ...planned.state, serviceIds: ['svc_beta'] },
    deciding(context, LATER),
  );
  expect(told(changed)).toEqual([
    'announcement support@beta.example.com',
    'cancellation support@alpha.example.com',
  ]);
  expect(changed.state.notices.map(({ providerId, state }) => `${providerId} ${state}`)).toEqual([
    'prv_beta sent',
    'prv_alpha withdrawn',
  ]);
});

test('moved while nothing has left yet: announced anew, and nobody hears of a change', () => {
  const planned = plan(atBoth, deciding(both));
  const context = { ...both, notices: noticesIn(planned) };
  const changed = change(planned.state, { ...planned.state, ...moved }, deciding(context, LATER));
  expect(told(changed)).toEqual([
    'announcement support@alpha.example.com',
    'announcement support@beta.example.com',
  ]);
  expect(noticesIn(changed)[0]?.text).toContain('These details replace anything we sent you before');
});

test('moved nearer than the lead time: too late is said again, for that is new', () => {
  const planned = plan(eventWith({ serviceIds: ['svc_alpha'] }), deciding(aroundWith([alpha])));
  const context = aroundWith([alpha], { notices: handedOver(planned) });
  const nearer = { start: '2026-01-09T09:00:00.000Z', end: '2026-01-09T14:00:00.000Z' };
  const changed = change(planned.state, { ...planned.state, ...nearer }, deciding(context, LATER));
  expect(told(changed)).toEqual(['change support@alpha.example.com', 'late bo@example.com']);
  expect(noticesIn(changed)[0]?.text).toContain('later than the 7 days');
});

test('the same decision made twice promises the same: nothing is sent twice', () => {
  const planned = plan(atBoth, deciding(both));
  const again = plan(atBoth, {
    context: { ...both, notices: noticesIn(planned) },
    invocation: drawAt(LATER),
    actor,
  });
  expect(told(again)).toEqual([]);
});

test('cancelling twice is cancelling once', () => {
  const planned = plan(atBoth, deciding(both));
  const context = { ...both, notices: handedOver(planned) };
  const cancelled = cancel(planned.state, { ...deciding(context, LATER), why: 'No stock' });
  expect(told(cancelled)).toEqual([
    'cancellation support@alpha.example.com',
    'cancellation support@beta.example.com',
  ]);
  const again = cancel(cancelled.state, deciding(context, LATER));
  expect(again).toMatchObject({
    state: cancelled.state,
    outbox: [],
    history: [],
    reason: 'cancelled-already',
  });
});

test.each([
  [
    'the owner cannot be reached: the manager is told',
    { owner: personCalled('ada', false) },
    ['incomplete bo@example.com'],
  ],
  [
    'neither can: the fallback contact is told',
    {
      owner: undefined,
      manager: undefined,
      fallback: {
        id: 'fallback',
        name: 'us',
        channel: 'email' as const,
        address: 'us@example.com',
        ours: true,
      },
    },
    ['incomplete us@example.com'],
  ],
  ['nobody can: the history says so', { owner: undefined, manager: undefined }, []],
])('%s', (_what, changes, expected) => {
  const incomplete = eventWith({ serviceIds: ['svc_alpha'], expectedPeak: undefined });
  const planned = plan(incomplete, deciding(aroundWith([alpha], changes)));
  expect(told(planned)).toEqual(expected);
  expect(planned.history.some(({ what }) => what === 'nobody-to-tell')).toBe(expected.length === 0);
});
