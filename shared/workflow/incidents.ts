import type { Standing } from '../domain/corrective/escalation.ts';
import type { Incident } from '../domain/corrective/incident.ts';
import {
  type Answer,
  acknowledge,
  askForHelp,
  close,
  contain,
  passOn,
  reopen,
  resolve,
} from '../domain/corrective/lifecycle.ts';
import { open, snapshotOf } from '../domain/corrective/opening.ts';
import { scribe } from '../domain/corrective/scribe.ts';
import { actorOf } from '../domain/corrective/timeline.ts';
import type { Decision } from '../domain/decision.ts';
import { authorise, authoriseOr } from '../domain/directory/access.ts';
import { type Draw, derive } from '../domain/id.ts';
import type { Severity } from '../domain/proactive/alert-event.ts';
import { Refused } from '../domain/refused.ts';
import type { Caller, Once } from './caller.ts';
import { added, decideAgain, writesOf } from './commit.ts';
import { forgetAlerts } from './forget-alerts.ts';
import type { Ports } from './ports.ts';
import { recall } from './recall.ts';
import { settingOf, standingOf } from './standing.ts';
import type { Write } from './store-port.ts';

/** What a person or program does to an incident. */
export type Move = 'acknowledge' | 'contain' | 'resolve' | 'reopen' | 'close' | 'escalate' | 'help';

export type Answering = Answer & {
  draw: Draw;
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
type NeedsPeople = Exclude<Move, keyof typeof SIMPLE>;

const PAGING: Record<NeedsPeople, (standing: Standing, answer: Answer, draw: Draw) => Decision<Incident>> = {
  reopen: (standing, answer, draw) => reopen(standing, { answer, why: 'by-hand' }, draw),
  escalate: passOn,
  help: askForHelp,
};

const decide = async (ports: Ports, move: Move, given: { incident: Incident; answering: Answering }) => {
  const { incident, answering } = given;
  if (move in SIMPLE) return SIMPLE[move as keyof typeof SIMPLE](incident, answering, answering.draw);
  const standing = await standingOf(ports, incident, answering.draw.now);
  return PAGING[move as NeedsPeople](standing, answering, answering.draw);
};

/**
 * Moves an incident on behalf of somebody who may. Doing what is done already is an outcome with a reason.
 * @throws Refused `not-found`, `stale`, and `illegal-move`; that also closes nothing before its review is done.
 */
export const move = (ports: Ports, incidentId: string, what: Move, answering: Answering): Promise<Answered> =>
  decideAgain(
    ports,
    async () => {
      const incident = await incidentOf(ports, incidentId);
      insistOnVersion(incident, answering.ifMatch);
      if (what === 'escalate' && answering.seen !== undefined && answering.seen !== incident.generation)
        return { writes: [], result: { incident, reason: 'moved-on-already' } };
      if (what === 'close')
        await (await import('./reviews/before-closing.ts')).insistOnReview(ports, incident);
      const decision = await decide(ports, what, { incident, answering });
      const written = await writesOf(ports, { before: incident, decision }, answering.draw);
      const resolved = decision.reason === 'resolved';
      const forgotten = resolved ? await forgetAlerts(ports, incident, answering.draw) : [];
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
  if (!incident) throw new Refused('not-found', 'There is no such thing here.');
  return incident;
};

const insistOnVersion = (incident: Incident, ifMatch: number | undefined): void => {
  if (ifMatch !== undefined && ifMatch !== incident.version)
    throw new Refused('stale', `The incident is at version ${incident.version} by now. Read it again.`);
};

/** What comes with a move through the API. */
export interface MoveBody {
  by?: string | undefined;
  note?: string | undefined;
}

/** Moves an incident for an API's caller; `by` names the person who did it, where that is not the caller. */
export const moveFor = async (
  ports: Ports,
  caller: Caller & { ifMatch?: number | undefined },
  { id, what, body }: { id: string; what: Move; body: MoveBody },
): Promise<Incident> => {
  const incident = await incidentOf(ports, id);
  authorise(caller.principal, 'write', incident.clientId);
  const answer = await answerOf(ports, caller, body);
  const { draw, ifMatch } = caller;
  const once = caller.once && onceOf(caller.once);
  return (await move(ports, id, what, { ...answer, draw, ifMatch, once })).incident;
};

/** The kept answer shows the incident alone. */
const onceOf = (once: Once): Once => ({
  ...once,
  answer: (result) => once.answer((result as Answered).incident),
});

const answerOf = async (ports: Ports, { principal }: Caller, { by, note }: MoveBody): Promise<Answer> => {
  if (!by) return { actor: actorOf(principal), by: principal.id, note };
  const person = (await recall(ports, [{ kind: 'person' as const, id: by }])).get(by);
  if (!person)
    throw new Refused('invalid', 'The request names somebody who is not here.', [
      { path: 'body.by', message: 'there is no such person' },
    ]);
  return { actor: { kind: 'person', id: person.id, name: person.name }, by: person.id, note };
};

/** Opens an incident by hand, paging as an alert would. */
export const openByHand = (
  ports: Ports,
  caller: Caller,
  body: { serviceId: string; title: string; severity: Severity; summary?: string | undefined },
): Promise<Incident> =>
  decideAgain(
    ports,
    async () => {
      const { principal, draw } = caller;
      const setting = await settingOf(ports, body.serviceId, draw.now).catch(unknownService);
      authoriseOr(noSuchService(), principal, { role: 'write', clientId: setting.client.id });
      const { serviceId: _, ...what } = body;
      const number = await ports.store.draw(`incidents#${setting.client.id}`);
      const id = derive('inc', draw, 'incident');
      const opening = { id, number, ...what, actor: actorOf(principal), reason: 'by-hand' as const };
      const decision = open(setting, opening, draw);
      const { writes, incident } = await writesOf(ports, { before: undefined, decision }, draw);
      return { writes: [...writes, added(snapshotOf(setting, id))], result: incident };
    },
    caller,
  );

const noSuchService = () =>
  new Refused('invalid', 'The request names a service that is not here.', [
    { path: 'body.serviceId', message: 'there is no such service' },
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
  const story = scribe(incident, caller.draw);
  story.write({ what: 'note', text: body.note, reason: 'noted', actor });
  const writes = story.entries.map((put): Write => ({ put }));
  return decideAgain(ports, async () => ({ writes, result: incident }), caller);
};
