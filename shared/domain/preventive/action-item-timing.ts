import { Temporal } from 'temporal-polyfill';
import { after, type Duration, epoch, type Instant, instant, milliseconds } from '../time.ts';
import type { ActionItem } from './action-item.ts';
import type { Planner, Role } from './action-item-planner.ts';

const IN_THE_MORNING = '09:00';
/** Nobody is told more often, whatever a client's settings say. */
const SOONEST = 'PT1M';

/** Who hears that it is overdue, by how often that was said: the owner, the lead too, and from then on all of them. */
const HEARING: Role[][] = [['owner'], ['owner', 'lead'], ['owner', 'lead', 'manager']];
export const EVERYBODY = HEARING.length - 1;
export const hearing = (turn: number): Role[] => HEARING[Math.min(turn, EVERYBODY)] ?? [];

/** Who hears next, and when, once everybody has heard. */
export const armAgain = (
  planner: Planner,
  { followUp }: ActionItem,
  at: { turn: number; now: Instant },
): void => planner.arm(`overdue:${at.turn}`, again(followUp.remindEvery, at.now));

/** When something is said again. */
export const again = (every: Duration, now: Instant): Instant =>
  after(now, milliseconds(every) < milliseconds(SOONEST) ? SOONEST : every);

/** Nine in the morning, where the owner is, of the day on which it is due. */
const morningOf = (dueAt: Instant, timeZone: string): Instant => {
  const day = Temporal.Instant.from(dueAt).toZonedDateTimeISO(timeZone).toPlainDate();
  return instant(day.toZonedDateTime({ timeZone, plainTime: IN_THE_MORNING }).epochMilliseconds);
};

/** Arms what lies ahead of an open item; what has passed was said, or is said with what arms this. */
export const armReminders = (
  planner: Planner,
  item: ActionItem,
  { now, timeZone }: { now: Instant; timeZone: string },
): void => {
  const { dueAt, followUp } = item;
  const morning = morningOf(dueAt, timeZone);
  const early = instant(epoch(dueAt) - milliseconds(followUp.remindBefore));
  const overdue = [dueAt, after(dueAt, followUp.leadAfter), after(dueAt, followUp.managerAfter)];
  const ahead = [
    ...(early < dueAt ? [{ task: 'remind:before', at: early }] : []),
    ...(morning < dueAt ? [{ task: 'remind:today', at: morning }] : []),
    ...overdue.map((at, turn) => ({ task: `overdue:${turn}`, at })),
  ].filter(({ at }) => at > now);
  for (const { task, at } of ahead) planner.arm(task, at);
  if ((overdue[EVERYBODY] ?? '') <= now) armAgain(planner, item, { turn: HEARING.length, now });
};

/** Arms what finds out whether an item that is done holds; at once, if the time for that has passed. */
export const armProof = (planner: Planner, { verification, doneAt }: ActionItem, now: Instant): void => {
  if (verification.type === 'statement') planner.arm('look:0', verification.lookAgainAt);
  else planner.arm('prove', after(doneAt ?? now, verification.for));
};
