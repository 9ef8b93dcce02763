import { isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import { promiseOf, stepSlot } from '../../domain/corrective/paging/promise.ts';
import { atOnce, reachPerson } from '../../domain/corrective/paging/reach.ts';
import type { Person } from '../../domain/directory/person.ts';
import { type Effect, isBackground } from '../../domain/outbox/timer.ts';
import { Refused } from '../../domain/refused.ts';
import { reconcile } from '../alerts/reconcile.ts';
import { assignReplyCodes } from '../paging/assign-reply-codes.ts';
import { cachedGet } from './cache.ts';
import { commitWithRetry } from './commit.ts';
import { type Doing, done } from './effect.ts';
import { newInvocation } from './invocation.ts';
import type { Ports } from './ports.ts';
import type { Write } from './store-port.ts';

/** A text that could not be sent so often is not worth sending any more. */
const MOST_TEXTS = 5;

/** Performs an effect that is not a page, and takes it away in the commit that does so. */
export const performEffect = (ports: Ports, effect: Effect): Promise<string> =>
  isBackground(effect) ? performApart(ports, effect) : perform(ports, effect);

/**
 * Pages come by the same road as lessons, so one that goes wrong fails nothing that it came with: it stays due, and the
 * sweep tries again. What is not the store's passing trouble raises an alarm.
 */
const performApart = async (ports: Ports, effect: Effect): Promise<string> => {
  try {
    return await perform(ports, effect);
  } catch (error) {
    const about = { lesson: effect.perform.type, subjectId: effect.subjectId };
    if (error instanceof Refused)
      ports.telemetry.note('background-effect-delayed', { ...about, reason: error.code });
    else ports.telemetry.alarm('background-effect-failed', error, about);
    return 'put-off';
  }
};

const perform = async (ports: Ports, effect: Effect): Promise<string> => {
  const { perform: what } = effect;
  switch (what.type) {
    case 'reconcile':
      return reconcile(ports, effect, what);
    case 'reach':
      return reach(ports, effect, what);
    case 'fan-out':
      return spread(ports, effect, what);
    case 'compare':
      return (await import('../recurrence/compare.ts')).compare(ports, effect, what);
    case 'record-outcome':
      return (await import('../reviews/record-outcome.ts')).recordOutcome(ports, effect, what);
    case 'reopen-for-recurrence':
      return (await import('../action-items/reopen-for-recurrence.ts')).reopenForRecurrence(
        ports,
        effect,
        what,
      );
    case 'sync-issue':
      return (await import('../trackers/sync-issue.ts')).syncIssue(ports, effect, what);
    case 'text':
      return text(ports, effect, what);
  }
};

/** Loaded where it is needed: whoever sends pages does without it. */
const spread = async (ports: Ports, effect: Effect, what: Doing<'fan-out'>): Promise<string> => {
  const { fanOutReport } = await import('../provider-incidents/fan-out.ts');
  await fanOutReport(ports, { ...what, effectId: effect.id });
  return commitWithRetry(ports, async () => ({ writes: [done(effect)], result: 'fan-out' }));
};

const reach = async (ports: Ports, effect: Effect, what: Doing<'reach'>): Promise<string> => {
  const found = await cachedGet(
    ports,
    what.personIds.map((id) => ({ kind: 'person' as const, id })),
  );
  let people = what.personIds.flatMap((id) => found.get(id) ?? []);
  let reason = 'reached';
  while (people.length > 0 && reason === 'reached') {
    const batch = people;
    const { rest, outcome } = await reachSome(ports, what, batch);
    people = rest;
    reason = outcome;
  }
  return commitWithRetry(ports, async () => ({ writes: [done(effect)], result: reason }));
};

/** One transaction's worth of people; those promised already (by an earlier, cut-off try) are left out. */
const reachSome = (ports: Ports, what: Doing<'reach'>, people: Person[]) => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async () => {
    const incident = await ports.store.get({ kind: 'incident', id: what.incidentId });
    if (!incident || isOver(incident) || incident.generation !== what.generation)
      return { writes: [], result: { rest: [], outcome: 'somebody-answered' } };
    const { now, later } = atOnce(people, incident);
    const at = { loop: what.loop, step: what.step };
    const promised = now.flatMap((person) =>
      reachPerson({ incident, at, purpose: what.purpose }, person, invocation),
    );
    const slot = stepSlot(incident, at);
    const refs = now.flatMap((person) =>
      person.contactMethods.map((method) => ({
        kind: 'page' as const,
        incidentId: incident.id,
        promise: promiseOf(slot, { personId: person.id, methodId: method.id }),
      })),
    );
    const there = new Set((await ports.store.getMany(refs)).map((page) => page.promise));
    const missing = promised.filter((each) => each.kind !== 'page' || !there.has(each.promise));
    const { effects, codes } = await assignReplyCodes(ports, missing, { isNew: false, invocation });
    const puts = effects.map(
      (put): Write => ({ put, ...(put.kind === 'page' ? { guard: 'new' as const } : {}) }),
    );
    return { writes: [...puts, ...codes], result: { rest: later, outcome: 'reached' } };
  });
};

const text = async (ports: Ports, effect: Effect, what: Doing<'text'>): Promise<string> => {
  const receipt = await ports.send({
    id: effect.id,
    channel: 'sms',
    to: what.phone,
    subject: '',
    text: what.text,
  });
  const over = receipt.handedOver || !receipt.retryable || effect.attempts >= MOST_TEXTS;
  if (!receipt.handedOver)
    ports.telemetry.note('text-not-sent', { effectId: effect.id, reason: receipt.reason });
  if (!over) return 'text-failed';
  return commitWithRetry(ports, async () => ({
    writes: [done(effect)],
    result: receipt.handedOver ? 'texted' : 'given-up',
  }));
};
