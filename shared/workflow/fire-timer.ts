import { fallBack, type Standing, takeNext } from '../domain/corrective/escalation.ts';
import type { Incident } from '../domain/corrective/incident.ts';
import { isOver } from '../domain/corrective/lifecycle.ts';
import { contactOf, promiseOf, promisePage, stepSlot } from '../domain/corrective/promise.ts';
import { scribe } from '../domain/corrective/scribe.ts';
import type { Timer, TimerCommand } from '../domain/corrective/timer.ts';
import { type Decision, nothing } from '../domain/decision.ts';
import type { Draw } from '../domain/id.ts';
import { epoch } from '../domain/time.ts';
import { type Attempt, decideAgain, writesOf } from './commit.ts';
import { drawNow } from './draw-now.ts';
import type { Ports } from './ports.ts';
import { recall } from './recall.ts';
import { standingOf } from './standing.ts';
import { subjectOf } from './subjects.ts';

type Contact = Extract<TimerCommand, { do: 'contact' }>;

/**
 * Runs a timer's command and takes the timer away in the same commit: however often it is woken, it fires once.
 * The item is trusted, never the wake-up.
 * @throws when it was woken early, so that it is woken again.
 */
export const fireTimer = async (ports: Ports, timerId: string): Promise<string> => {
  const timer = await ports.store.get({ kind: 'timer', id: timerId });
  if (!timer) return 'fired-already';
  const draw = drawNow(ports);
  if (timer.dueAt > draw.now)
    throw new Error(`The timer ${timerId} was woken early; it is due at ${timer.dueAt}.`);
  ports.watch.count('LatestTimerSeconds', (epoch(draw.now) - epoch(timer.dueAt)) / 1000);
  const reason = await decideAgain(ports, () => run(ports, timer, draw));
  ports.watch.note('timer-fired', { timerId, command: timer.command.do, reason });
  return reason;
};

const run = async (ports: Ports, timer: Timer, draw: Draw): Promise<Attempt<string>> => {
  const there = await ports.store.get({ kind: 'timer', id: timer.id });
  if (!there) return { writes: [], result: 'fired-already' };
  const gone = { remove: { kind: 'timer' as const, id: timer.id }, guard: 'present' as const };
  const { command } = timer;
  if (command.do === 'tend') {
    const { writes, result } = await (await subjectOf(command.subjectId)).tend(ports, command, draw);
    return { writes: [gone, ...writes], result };
  }
  const incident = await ports.store.get({ kind: 'incident', id: command.incidentId });
  if (!incident) return { writes: [gone], result: 'incident-is-gone' };
  const decision = await decide(ports, { incident, command, draw });
  const { writes } = await writesOf(ports, { before: incident, decision }, draw);
  return { writes: [gone, ...writes], result: decision.reason };
};

interface Fired {
  incident: Incident;
  command: Exclude<TimerCommand, { do: 'tend' }>;
  draw: Draw;
}

const decide = async (ports: Ports, { incident, command, draw }: Fired): Promise<Decision<Incident>> => {
  if (isOver(incident)) return nothing(incident, 'incident-is-over');
  if (incident.generation !== command.generation) return nothing(incident, 'somebody-answered');
  if (command.do === 'contact') return contact(ports, incident, { command, draw });
  const standing = await standingOf(ports, incident, draw.now);
  return command.do === 'escalate' ? next(standing, command, draw) : again(standing, command, draw);
};

const next = (
  standing: Standing,
  command: Extract<TimerCommand, { do: 'escalate' }>,
  draw: Draw,
): Decision<Incident> => {
  const { incident } = standing;
  const { escalation } = incident;
  const moved = escalation.loop !== command.loop || escalation.step !== command.step;
  if (moved || escalation.state !== 'running') return nothing(incident, 'step-passed-already');
  return takeNext(standing, draw);
};

/** The fallback contact's next round, once: the audit may have promised the same one. */
const again = (
  standing: Standing,
  { round }: Extract<TimerCommand, { do: 'fall-back' }>,
  draw: Draw,
): Decision<Incident> => {
  const { incident } = standing;
  if ((incident.escalation.round ?? 0) >= round) return nothing(incident, 'step-passed-already');
  return fallBack(standing, { draw, story: scribe(incident, draw), round });
};

/** One more method of somebody's rules, unless a failure of another has brought it forward. */
const contact = async (
  ports: Ports,
  incident: Incident,
  { command, draw }: { command: Contact; draw: Draw },
): Promise<Decision<Incident>> => {
  const { personId, methodId, loop, step, purpose } = command;
  const person = (await recall(ports, [{ kind: 'person' as const, id: personId }])).get(personId);
  const found = person && contactOf(person, methodId);
  if (!found) return nothing(incident, 'method-is-gone');
  const slot = stepSlot(incident, { loop, step });
  const promise = promiseOf(slot, found);
  const before = await ports.store.get({ kind: 'page', incidentId: incident.id, promise });
  if (before) return nothing(incident, 'tried-already');
  const page = promisePage(incident, { purpose, loop, step, slot }, found, draw);
  const story = scribe(incident, draw);
  story.write({
    what: 'page-promised',
    text: `No answer yet: paging ${found.personName} by ${found.channel} too.`,
    reason: 'rule-delay-over',
    refersTo: { pageId: page.id, personId },
  });
  return { state: incident, timeline: story.entries, effects: [page], reason: 'contacted' };
};
