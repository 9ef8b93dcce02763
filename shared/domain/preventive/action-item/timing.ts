import { Temporal } from 'temporal-polyfill';
import { pauseOf } from '../../directory/follow-up.ts';
import { after, type Duration, epoch, type Instant, instant, milliseconds } from '../../time.ts';
import type { ActionItem } from './action-item.ts';
import type { Planner, Role } from './planner.ts';

const IN_THE_MORNING = '09:00';

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
export const again = (listAll: Duration, now: Instant): Instant => after(now, pauseOf(listAll));

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

/** An alert that is over is forgotten after 30 days: whether it came back is looked for more often than that. */
const LOOK_EVERY = 'P7D';

/** When it is proven, if nothing is seen of it until then. */
export const provenOn = ({ verification, doneAt }: ActionItem, now: Instant): Instant =>
  verification.type === 'statement' ? verification.lookAgainAt : after(doneAt ?? now, verification.for);

/** Arms what finds out whether an item that is done holds; at once, if the time for that has passed. */
export const armProof = (planner: Planner, item: ActionItem, now: Instant): void => {
  const { type } = item.verification;
  const end = provenOn(item, now);
  const soon = type === 'log-error-stays-away' ? after(now, LOOK_EVERY) : end;
  planner.arm(type === 'statement' ? 'look:0' : 'prove', soon < end ? soon : end);
};
