import { expect, test } from 'vitest';
import { answer, close, refer } from '../../../shared/domain/corrective/provider-tickets/answering.ts';
import { type Chase, chase, MOST_CHASES } from '../../../shared/domain/corrective/provider-tickets/asking.ts';
import {
  contactNow,
  contactsOn,
  levelAbove,
} from '../../../shared/domain/corrective/provider-tickets/contact.ts';
import { spoken } from '../../../shared/domain/corrective/provider-tickets/messages.ts';
import { Provider, type ProviderContact } from '../../../shared/domain/directory/provider.ts';
import { PLANNED_SAMPLES } from '../../store/planned-samples.ts';
import { RESOURCE_SAMPLES } from '../../store/resource-samples.ts';
import { hosting } from '../../support/hosting.ts';

const invocation = { now: '2026-03-01T13:00:00.000Z', id: '01KJMY2Z00ABCDEFGHJKMNPQRS' };
const provider = Provider.parse({ ...RESOURCE_SAMPLES.provider, ...hosting });
const ticket = PLANNED_SAMPLES['provider-ticket'];
const actor = { kind: 'person' as const, id: 'per_1', name: 'Ada' };
const asker = { id: 'per_1', name: 'Ada', channel: 'email' as const, address: 'ada@example.com', ours: true };
const names = (contacts: (ProviderContact | undefined)[]) => contacts.map((contact) => contact?.id);

test.each([
  [0, 1],
  [1, 3],
  [3, 3],
  [9, 9],
])('above level %i is level %i', (level, above) => expect(levelAbove(provider, level)).toBe(above));

test.each([
  [0, ['hotline', 'support']],
  [1, ['lead', 'lead-mail']],
  [2, ['lead', 'lead-mail']],
  [9, ['manager']],
])('on level %i, the quickest first: %j', (level, ids) =>
  expect(names(contactsOn(provider, level))).toEqual(ids),
);

test('the contact now: whom it was given to, then who is on the level that it has reached', () => {
  const at = (level: number, chases: number) => contactNow(provider, { contactId: 'support', level, chases });
  expect(names([at(0, 0), at(1, 1), at(3, 7)])).toEqual(['support', 'lead', 'manager']);
});

test.each<[string, Partial<Chase>, string[], RegExp]>([
  ['a provider that is gone', { provider: undefined }, [], /No contact is known there; Ada was notified/],
  ['nobody to tell', { asker: undefined }, ['lead@hosting.example.com'], /nobody could be notified/],
  [
    'both',
    {},
    ['lead@hosting.example.com', 'ada@example.com'],
    /Now with Team lead \(level 1\); Ada was notified/,
  ],
])('a chase with %s', (_, more, addresses, line) => {
  const plan = chase({ ticket, provider, asker, ...more }, {}, invocation);
  const notices = plan.outbox.flatMap((each) => (each.kind === 'notice' ? [each.to.address] : []));
  expect(notices).toEqual(addresses);
  expect(plan.history[0]?.text).toMatch(line);
});

test.each([
  ['PT1H', '2026-03-01T14:00:00.000Z'],
  ['PT5M', '2026-03-01T13:15:00.000Z'],
  ['PT0S', '2026-03-01T13:15:00.000Z'],
])('promised within %s, the next chase is at %s', (within, dueAt) => {
  const { outbox } = chase({ ticket: { ...ticket, within }, provider, asker }, {}, invocation);
  expect(outbox.find(({ kind }) => kind === 'timer')?.dueAt).toBe(dueAt);
});

test('after the last chase nothing is armed any more', () => {
  const { outbox } = chase(
    { ticket: { ...ticket, chases: MOST_CHASES - 1 }, provider, asker },
    {},
    invocation,
  );
  expect(outbox.some(({ kind }) => kind === 'timer')).toBe(false);
});

const answered = { ...ticket, status: 'answered' as const };
const closed = { ...ticket, status: 'closed' as const };
test.each([
  ['asked, and answered', () => answer(ticket, { actor }, invocation), 'answered'],
  ['answered again', () => answer(answered, { actor }, invocation), 'already-answered'],
  [
    'answered, and now with a number',
    () => answer(answered, { actor, reference: 'H-1' }, invocation),
    'reference-changed',
  ],
  ['closed unanswered', () => close(ticket, { actor }, invocation), 'closed'],
  ['closed again', () => close(closed, { actor }, invocation), 'already-closed'],
  [
    'the same number',
    () => refer({ ...ticket, reference: 'H-1' }, { actor, reference: 'H-1' }, invocation),
    'already-so',
  ],
])('%s: %#', (_, decide, reason) => expect(decide().reason).toBe(reason));

test('what is closed takes no answer', () => {
  expect(() => answer(closed, { actor }, invocation)).toThrow(/closed and cannot be answered/);
});

test.each([
  ['PT30M', '30 minutes'],
  ['PT1H30M', '1 hour 30 minutes'],
  ['P2DT1M', '2 days 1 minute'],
  ['PT0S', 'at once'],
])('%s is said as %s', (duration, words) => expect(spoken(duration)).toBe(words));
