import { Temporal } from 'temporal-polyfill';
import type { Invocation } from '../id.ts';
import { taskAt } from '../outbox/subject.ts';
import type { Timer } from '../outbox/timer.ts';
import { after, type Instant, instant } from '../time.ts';
import type { Provider } from './provider.ts';

/** How many days before the last day of a contract its owner is told. */
export const DAYS_BEFORE = [30, 7];
const IN_THE_MORNING = '09:00';

/** The last day on which something can be done about the contract, if it has one. */
export const lastDayOf = ({ contract }: Pick<Provider, 'contract'>): string | undefined =>
  contract.noticeBy ?? contract.endsOn;

const dependsOn = ({ reviewEvery, contract, timeZone, reviewedAt }: Provider): string =>
  JSON.stringify([reviewEvery, contract.noticeBy, contract.endsOn, timeZone, reviewedAt]);

/** Where a provider's reminders stand: a change of what they depend on begins a new generation of them. */
export const generationAfter = (before: Provider | undefined, provider: Provider): number => {
  if (!before) return 1;
  return dependsOn(before) === dependsOn(provider) ? before.generation : before.generation + 1;
};

/** A provider as something that is tended to; it belongs to the installation. */
export const subjectOf = ({ id, version, generation }: Provider) => ({
  id,
  version,
  generation,
  clientId: '*',
});

/** The reminders of a new generation: to review it, and that its contract nears its last day. */
export const reminders = (provider: Provider, invocation: Invocation): Timer[] => {
  const of = subjectOf(provider);
  const review = after(provider.reviewedAt ?? provider.createdAt, provider.reviewEvery);
  return [
    taskAt(of, { task: 'review:0', at: review }, invocation),
    ...contractReminders(provider, invocation.now).map(({ days, at }) =>
      taskAt(of, { task: `contract:${days}`, at }, invocation),
    ),
  ];
};

/** Of several that have passed only the last is told; none once the day itself is over. */
const contractReminders = (provider: Provider, now: Instant): { days: number; at: Instant }[] => {
  const lastDay = lastDayOf(provider);
  if (!lastDay || morningOf(provider, lastDay, -1) <= now) return [];
  const all = DAYS_BEFORE.map((days) => ({ days, at: morningOf(provider, lastDay, days) }));
  const passed = all.filter(({ at }) => at <= now);
  return [...passed.slice(-1), ...all.filter(({ at }) => at > now)];
};

/** Nine in the morning, where the provider is, so many days before a day. */
const morningOf = ({ timeZone }: Provider, day: string, daysBefore: number): Instant => {
  const date = Temporal.PlainDate.from(day).subtract({ days: daysBefore });
  return instant(date.toZonedDateTime({ timeZone, plainTime: IN_THE_MORNING }).epochMilliseconds);
};
