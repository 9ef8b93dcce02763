import { invalid } from '../../domain/parse.ts';
import type { ActionItem } from '../../domain/preventive/action-item/action-item.ts';
import type { Problem } from '../../domain/refused.ts';
import { after, type Instant } from '../../domain/time.ts';
import { problemsWithPeople } from '../engine/people-named.ts';
import type { Ports } from '../engine/ports.ts';

const PEOPLE = ['ownerId', 'technicalLeadId', 'projectManagerId'] as const;

/**
 * What an item names has to be here, and of its client; what it promises has to lie ahead. On a change (`was`) only
 * what is new about it is looked at: dates pass, and people go.
 * @throws Refused `invalid` with the path of every field at fault.
 */
export const requireReferences = async (
  ports: Ports,
  { item, was }: { item: ActionItem; was?: ActionItem },
  now: Instant,
): Promise<void> => {
  const found = await Promise.all([
    problemsWithPeople(ports, newPeople(item, was)),
    problemsWithCauses(ports, item),
    problemsWithOthers(ports, item, was),
  ]);
  const problems = [...found.flat(), ...problemsWithTime(item, was, now)];
  if (problems.length > 0) throw invalid(problems);
};

const newPeople = (item: ActionItem, was: ActionItem | undefined): Record<string, string | undefined> =>
  Object.fromEntries(
    PEOPLE.filter((field) => item[field] !== was?.[field]).map((field) => [field, item[field]]),
  );

const problemsWithCauses = async (
  { store }: Ports,
  { causeIds, clientId, verification }: ActionItem,
): Promise<Problem[]> => {
  const found = await store.getMany(causeIds.map((id) => ({ kind: 'cause' as const, id })));
  const own = found.filter((cause) => cause.clientId === clientId).map(({ id }) => id);
  const strangers = causeIds.flatMap((id, place) =>
    own.includes(id) ? [] : [{ path: `body.causeIds[${place}]`, message: 'this client has no such cause' }],
  );
  const message = 'names no cause: without one, a lack of recurrence proves nothing';
  const unproven = verification.type === 'no-recurrence' && causeIds.length === 0;
  return unproven ? [{ path: 'body.causeIds', message }] : strangers;
};

/** A service, an alert, a review and a tracker are of the same client, or they are not there. */
const problemsWithOthers = async (
  { store }: Ports,
  item: ActionItem,
  was: ActionItem | undefined,
): Promise<Problem[]> => {
  const named = namedBy(item);
  const before = was && namedBy(was);
  const isNew = (what: keyof typeof named): boolean => named[what] !== before?.[what];
  const [service, alert, review, tracker] = await Promise.all([
    named.serviceId && isNew('serviceId') ? store.get({ kind: 'service', id: named.serviceId }) : item,
    named.alertId && isNew('alertId') ? store.get({ kind: 'alert', id: named.alertId }) : item,
    named.reviewId && isNew('reviewId') ? store.get({ kind: 'review', id: named.reviewId }) : item,
    named.trackerId && isNew('trackerId') ? store.get({ kind: 'tracker', id: named.trackerId }) : item,
  ]);
  const missing = (is: { clientId: string } | undefined, path: string, what: string): Problem[] =>
    is?.clientId === item.clientId
      ? []
      : [{ path: `body.${path}`, message: `this client has no such ${what}` }];
  return [
    ...missing(service, 'serviceId', 'service'),
    ...missing(alert, 'verification.alertId', 'alert'),
    ...missing(review, 'origin.id', 'review'),
    ...missing(tracker, 'trackerId', 'tracker'),
  ];
};

const namedBy = ({ serviceId, verification, origin, link }: ActionItem) => ({
  serviceId,
  alertId: verification.type === 'log-error-stays-away' ? verification.alertId : undefined,
  // Whatever it calls itself: what came from a review stands in that review.
  reviewId: origin.type === 'review' || origin.id?.startsWith('rev_') ? origin.id : undefined,
  trackerId: link?.trackerId,
});

const FARTHEST = 'P3650D';

const problemsWithTime = (
  { dueAt, verification }: ActionItem,
  was: ActionItem | undefined,
  now: Instant,
): Problem[] => {
  const before = was?.verification;
  const look = verification.type === 'statement' ? verification.lookAgainAt : undefined;
  const isSame = before?.type === 'statement' && before.lookAgainAt === look;
  return [
    ...(dueAt === was?.dueAt ? [] : problemsWith('dueAt', dueAt, now)),
    ...(!look || isSame ? [] : problemsWith('verification.lookAgainAt', look, now)),
  ];
};

const problemsWith = (field: string, at: Instant, now: Instant): Problem[] => {
  const path = `body.${field}`;
  if (at <= now) return [{ path, message: 'has passed: choose a future time' }];
  return at > after(now, FARTHEST) ? [{ path, message: 'is more than ten years ahead' }] : [];
};
