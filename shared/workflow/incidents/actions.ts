import type { EscalationContext } from '../../domain/corrective/incidents/escalation.ts';
import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import {
  type Answer,
  acknowledge,
  askForHelp,
  close,
  contain,
  escalate,
  reopen,
  resolve,
} from '../../domain/corrective/incidents/lifecycle.ts';
import { open, snapshotOf } from '../../domain/corrective/incidents/opening.ts';
import { timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import { authorise, authoriseOr } from '../../domain/directory/access.ts';
import { derive, type Invocation } from '../../domain/id.ts';
import { actorOf } from '../../domain/outbox/actor.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import type { Severity } from '../../domain/outbox/severity.ts';
import { Refused } from '../../domain/refused.ts';
import { recordAlertsOpenAtResolve } from '../alerts/alerts-open-at-resolve.ts';
import { cachedGet } from '../engine/cache.ts';
import type { Caller, Once } from '../engine/caller.ts';
import { added, commitWithRetry, writesOf } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { loadEscalationContext, loadOpeningContext } from './escalation-context.ts';

/** What a person or program does to an incident. */
export type Action = 'acknowledge' | 'contain' | 'resolve' | 'reopen' | 'close' | 'escalate' | 'help';

export type Answering = Answer & {
  invocation: Invocation;
  ifMatch?: number | undefined;
  once?: Caller['once'];
  /** The generation that whoever escalates has seen; of an older one, somebody has done so already. */
  seen?: number | undefined;
  /** What else is written in the same commit, when it is known what came of it. */
  also?: ((answered: Answered) => Write[]) | undefined;
};

/** What was decided, and the incident after it. */
export interface Answered {
  incident: Incident;
  reason: string;
}

const SIMPLE = { acknowledge, contain, resolve, close };
type NeedsPeople = Exclude<Action, keyof typeof SIMPLE>;

const PAGING: Record<
  NeedsPeople,
  (standing: EscalationContext, answer: Answer, invocation: Invocation) => Decision<Incident>
> = {
  reopen: (standing, answer, invocation) => reopen(standing, { answer, why: 'by-hand' }, invocation),
  escalate: escalate,
  help: askForHelp,
};

const decide = async (ports: Ports, move: Action, given: { incident: Incident; answering: Answering }) => {
  const { incident, answering } = given;
  if (move in SIMPLE) return SIMPLE[move as keyof typeof SIMPLE](incident, answering, answering.invocation);
  const standing = await loadEscalationContext(ports, incident, answering.invocation.now);
  return PAGING[move as NeedsPeople](standing, answering, answering.invocation);
};

/**
 * Moves an incident on behalf of somebody who may. Doing what is done already is an outcome with a reason.
 * @throws Refused `not-found`, `stale`, and `illegal-move`; that also closes nothing before its review is done.
 */
export const move = (
  ports: Ports,
  incidentId: string,
  what: Action,
  answering: Answering,
): Promise<Answered> =>
  commitWithRetry(
    ports,
    async () => {
      const incident = await incidentOf(ports, incidentId);
      requireVersion(incident, answering.ifMatch);
      if (what === 'escalate' && answering.seen !== undefined && answering.seen !== incident.generation)
        return { writes: [], result: { incident, reason: 'moved-on-already' } };
      if (what === 'close')
        await (await import('../reviews/before-closing.ts')).requireReview(ports, incident);
      const decision = await decide(ports, what, { incident, answering });
      const written = await writesOf(ports, { before: incident, decision }, answering.invocation);
      const resolved = decision.reason === 'resolved';
      const forgotten = resolved
        ? await recordAlertsOpenAtResolve(ports, incident, answering.invocation)
        : [];
      const result = { incident: written.incident, reason: decision.reason };
      const also = answering.also?.(result) ?? [];
      return { writes: [...written.writes, ...forgotten, ...also], result };
    },
    answering,
  );

export const acknowledgeBy = async (
  ports: Ports,
  incidentId: string,
  answering: Answering,
): Promise<Answered> => {
  try {
    return await move(ports, incidentId, 'acknowledge', answering);
  } catch (error) {
    // A monitor that acknowledges what is over is late, not wrong.
    if (error instanceof Refused && error.code === 'illegal-move')
      return { incident: await incidentOf(ports, incidentId), reason: 'already-over' };
    throw error;
  }
};

export const incidentOf = async (ports: Ports, id: string): Promise<Incident> => {
  const incident = await ports.store.get({ kind: 'incident', id });
  if (!incident) throw new Refused('not-found', 'Not found.');
  return incident;
};

const requireVersion = (incident: Incident, ifMatch: number | undefined): void => {
  if (ifMatch !== undefined && ifMatch !== incident.version)
    throw new Refused(
      'stale',
      `The incident has changed (now version ${incident.version}). Fetch it again and retry.`,
    );
};

/** What comes with a move through the API. */
export interface ActionBody {
  by?: string | undefined;
  note?: string | undefined;
}

/** Moves an incident for an API's caller; `by` names the person who did it, if not the caller. */
export const actionFor = async (
  ports: Ports,
  caller: Caller & { ifMatch?: number | undefined },
  { id, what, body }: { id: string; what: Action; body: ActionBody },
): Promise<Incident> => {
  const incident = await incidentOf(ports, id);
  authorise(caller.principal, 'write', incident.clientId);
  const answer = await answerOf(ports, caller, body);
  const { invocation, ifMatch } = caller;
  const once = caller.once && onceOf(caller.once);
  return (await move(ports, id, what, { ...answer, invocation, ifMatch, once })).incident;
};

/** The kept answer shows the incident alone. */
const onceOf = (once: Once): Once => ({
  ...once,
  answer: (result) => once.answer((result as Answered).incident),
});

const answerOf = async (ports: Ports, { principal }: Caller, { by, note }: ActionBody): Promise<Answer> => {
  if (!by) return { actor: actorOf(principal), by: principal.id, note };
  const person = (await cachedGet(ports, [{ kind: 'person' as const, id: by }])).get(by);
  if (!person)
    throw new Refused('invalid', 'The person named in `by` does not exist.', [
      { path: 'body.by', message: 'must name an existing person' },
    ]);
  return { actor: { kind: 'person', id: person.id, name: person.name }, by: person.id, note };
};

/** Opens an incident by hand, paging as an alert would. */
export const openByHand = (
  ports: Ports,
  caller: Caller,
  body: { serviceId: string; title: string; severity: Severity; summary?: string | undefined },
): Promise<Incident> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation } = caller;
      const setting = await loadOpeningContext(ports, body.serviceId, invocation.now).catch(unknownService);
      authoriseOr(noSuchService(), principal, { role: 'write', clientId: setting.client.id });
      const { serviceId: _, ...what } = body;
      const number = await ports.store.nextNumber(`incidents#${setting.client.id}`);
      const id = derive('inc', invocation, 'incident');
      const opening = { id, number, ...what, actor: actorOf(principal), reason: 'by-hand' as const };
      const decision = open(setting, opening, invocation);
      const { writes, incident } = await writesOf(ports, { before: undefined, decision }, invocation);
      return { writes: [...writes, added(snapshotOf(setting, id))], result: incident };
    },
    caller,
  );

const noSuchService = () =>
  new Refused('invalid', 'The service named in the request does not exist.', [
    { path: 'body.serviceId', message: 'must name an existing service' },
  ]);

const unknownService = (error: unknown): never => {
  throw error instanceof Refused && error.code === 'not-found' ? noSuchService() : error;
};

/** Adds a line of somebody's own to the timeline. */
export const noteFor = async (
  ports: Ports,
  caller: Caller,
  { id, body }: { id: string; body: { by?: string | undefined; note: string } },
): Promise<Incident> => {
  const incident = await incidentOf(ports, id);
  authorise(caller.principal, 'write', incident.clientId);
  const { actor } = await answerOf(ports, caller, body);
  const history = timelineOf(incident, caller.invocation);
  history.write({ what: 'note', text: body.note, reason: 'noted', actor });
  const writes = history.entries.map((put): Write => ({ put }));
  return commitWithRetry(ports, async () => ({ writes, result: incident }), caller);
};
