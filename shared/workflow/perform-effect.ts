import { isOver } from '../domain/corrective/lifecycle.ts';
import { promiseOf, stepSlot } from '../domain/corrective/promise.ts';
import { atOnce, reachPerson } from '../domain/corrective/reach.ts';
import { type Effect, isLesson } from '../domain/corrective/timer.ts';
import type { Person } from '../domain/directory/person.ts';
import { Refused } from '../domain/refused.ts';
import { allotCodes } from './allot-codes.ts';
import { decideAgain } from './commit.ts';
import { drawNow } from './draw-now.ts';
import type { Ports } from './ports.ts';
import { recall } from './recall.ts';
import { settle } from './settle.ts';
import type { Write } from './store-port.ts';

/** A text that could not be sent so often is not worth sending any more. */
const MOST_TEXTS = 5;

/** What an effect of one kind says. */
export type Doing<D extends Effect['perform']['do']> = Extract<Effect['perform'], { do: D }>;

/** Performs an effect that is not a page, and takes it away in the commit that does so. */
export const performEffect = (ports: Ports, effect: Effect): Promise<string> =>
  isLesson(effect) ? performApart(ports, effect) : perform(ports, effect);

/**
 * Pages come by the same road as lessons, so one that goes wrong fails nothing that it came with: it stays due, and the
 * sweep tries again. What is not the store's passing trouble raises an alarm.
 */
const performApart = async (ports: Ports, effect: Effect): Promise<string> => {
  try {
    return await perform(ports, effect);
  } catch (error) {
    const about = { lesson: effect.perform.do, subjectId: effect.subjectId };
    if (error instanceof Refused) ports.watch.note('lesson-put-off', { ...about, reason: error.code });
    else ports.watch.alarm('lesson-failed', error, about);
    return 'put-off';
  }
};

const perform = async (ports: Ports, effect: Effect): Promise<string> => {
  const { perform: what } = effect;
  switch (what.do) {
    case 'settle':
      return settle(ports, effect, what);
    case 'reach':
      return reach(ports, effect, what);
    case 'spread':
      return spread(ports, effect, what);
    case 'compare':
      return (await import('./recurrence/compare.ts')).compare(ports, effect, what);
    case 'learn':
      return (await import('./reviews/learn.ts')).learn(ports, effect, what);
    case 'recur':
      return (await import('./action-items/recur.ts')).recur(ports, effect, what);
    case 'track':
      return (await import('./trackers/track.ts')).track(ports, effect, what);
    case 'text':
      return text(ports, effect, what);
  }
};

/** Loaded where it is needed: whoever sends pages does without it. */
const spread = async (ports: Ports, effect: Effect, what: Doing<'spread'>): Promise<string> => {
  const { spreadReport } = await import('./provider-incidents/spread.ts');
  await spreadReport(ports, { ...what, effectId: effect.id });
  return decideAgain(ports, async () => ({ writes: [done(effect)], result: 'spread' }));
};

/** That the effect is done; once. */
export const done = ({ subjectId, id }: Effect): Write => ({ remove: { kind: 'effect', subjectId, id } });

const reach = async (ports: Ports, effect: Effect, what: Doing<'reach'>): Promise<string> => {
  const found = await recall(
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
  return decideAgain(ports, async () => ({ writes: [done(effect)], result: reason }));
};

/** One transaction's worth of people; those promised already (by an earlier, cut-off try) are left out. */
const reachSome = (ports: Ports, what: Doing<'reach'>, people: Person[]) => {
  const draw = drawNow(ports);
  return decideAgain(ports, async () => {
    const incident = await ports.store.get({ kind: 'incident', id: what.incidentId });
    if (!incident || isOver(incident) || incident.generation !== what.generation)
      return { writes: [], result: { rest: [], outcome: 'somebody-answered' } };
    const { now, later } = atOnce(people, incident);
    const at = { loop: what.loop, step: what.step };
    const promised = now.flatMap((person) =>
      reachPerson({ incident, at, purpose: what.purpose }, person, draw),
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
    const { effects, codes } = await allotCodes(ports, missing, { isNew: false, draw });
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
  if (!receipt.handedOver) ports.watch.note('text-not-sent', { effectId: effect.id, reason: receipt.reason });
  if (!over) return 'text-failed';
  return decideAgain(ports, async () => ({
    writes: [done(effect)],
    result: receipt.handedOver ? 'texted' : 'given-up',
  }));
};
