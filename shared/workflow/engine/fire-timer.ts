import { type EscalationContext, fallBack, takeNext } from '../../domain/corrective/incidents/escalation.ts';
import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import { timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import { contactOf, newPage, promiseOf, stepSlot } from '../../domain/corrective/paging/promise.ts';
import type { Invocation } from '../../domain/id.ts';
import { type Decision, nothing } from '../../domain/outbox/decision.ts';
import type { Timer, TimerCommand } from '../../domain/outbox/timer.ts';
import { epoch } from '../../domain/time.ts';
import { loadEscalationContext } from '../incidents/escalation-context.ts';
import { cachedGet } from './cache.ts';
import { type Attempt, commitWithRetry, writesOf } from './commit.ts';
import { newInvocation } from './invocation.ts';
import type { Ports } from './ports.ts';
import { subjectOf } from './subjects.ts';

type Contact = Extract<TimerCommand, { type: 'contact' }>;

/**
 * Runs a timer's command and takes the timer away in the same commit: however often it is woken, it fires once.
 * The item is trusted, never the wake-up.
 * @throws when it was woken early, so that it is woken again.
 */
export const fireTimer = async (ports: Ports, timerId: string): Promise<string> => {
  const timer = await ports.store.get({ kind: 'timer', id: timerId });
  if (!timer) return 'fired-already';
  const invocation = newInvocation(ports);
  if (timer.dueAt > invocation.now)
    throw new Error(`The timer ${timerId} was woken early; it is due at ${timer.dueAt}.`);
  ports.telemetry.count('LatestTimerSeconds', (epoch(invocation.now) - epoch(timer.dueAt)) / 1000);
  const reason = await commitWithRetry(ports, () => run(ports, timer, invocation));
  ports.telemetry.note('timer-fired', { timerId, command: timer.command.type, reason });
  return reason;
};

const run = async (ports: Ports, timer: Timer, invocation: Invocation): Promise<Attempt<string>> => {
  const there = await ports.store.get({ kind: 'timer', id: timer.id });
  if (!there) return { writes: [], result: 'fired-already' };
  const gone = { remove: { kind: 'timer' as const, id: timer.id }, guard: 'present' as const };
  const { command } = timer;
  if (command.type === 'run-task') {
    const { writes, result } = await (await subjectOf(command.subjectId)).runTask(ports, command, invocation);
    return { writes: [gone, ...writes], result };
  }
  const incident = await ports.store.get({ kind: 'incident', id: command.incidentId });
  if (!incident) return { writes: [gone], result: 'incident-is-gone' };
  const decision = await decide(ports, { incident, command, invocation });
  const { writes } = await writesOf(ports, { before: incident, decision }, invocation);
  return { writes: [gone, ...writes], result: decision.reason };
};

interface Fired {
  incident: Incident;
  command: Exclude<TimerCommand, { type: 'run-task' }>;
  invocation: Invocation;
}

const decide = async (
  ports: Ports,
  { incident, command, invocation }: Fired,
): Promise<Decision<Incident>> => {
  if (isOver(incident)) return nothing(incident, 'incident-is-over');
  if (incident.generation !== command.generation) return nothing(incident, 'somebody-answered');
  if (command.type === 'contact') return contact(ports, incident, { command, invocation });
  const standing = await loadEscalationContext(ports, incident, invocation.now);
  return command.type === 'escalate'
    ? next(standing, command, invocation)
    : again(standing, command, invocation);
};

const next = (
  standing: EscalationContext,
  command: Extract<TimerCommand, { type: 'escalate' }>,
  invocation: Invocation,
): Decision<Incident> => {
  const { incident } = standing;
  const { escalation } = incident;
  const moved = escalation.loop !== command.loop || escalation.step !== command.step;
  if (moved || escalation.state !== 'running') return nothing(incident, 'step-passed-already');
  return takeNext(standing, invocation);
};

/** The fallback contact's next round, once: the audit may have promised the same one. */
const again = (
  standing: EscalationContext,
  { round }: Extract<TimerCommand, { type: 'fall-back' }>,
  invocation: Invocation,
): Decision<Incident> => {
  const { incident } = standing;
  if ((incident.escalation.round ?? 0) >= round) return nothing(incident, 'step-passed-already');
  return fallBack(standing, { invocation, history: timelineOf(incident, invocation), round });
};

/** One more method of somebody's rules, unless a failure of another has brought it forward. */
const contact = async (
  ports: Ports,
  incident: Incident,
  { command, invocation }: { command: Contact; invocation: Invocation },
): Promise<Decision<Incident>> => {
  const { personId, methodId, loop, step, purpose } = command;
  const person = (await cachedGet(ports, [{ kind: 'person' as const, id: personId }])).get(personId);
  const found = person && contactOf(person, methodId);
  if (!found) return nothing(incident, 'method-is-gone');
  const slot = stepSlot(incident, { loop, step });
  const promise = promiseOf(slot, found);
  const before = await ports.store.get({ kind: 'page', incidentId: incident.id, promise });
  if (before) return nothing(incident, 'tried-already');
  const page = newPage(incident, { purpose, loop, step, slot }, found, invocation);
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'page-promised',
    text: `No answer yet: paging ${found.personName} by ${found.channel} too.`,
    reason: 'rule-delay-over',
    refersTo: { pageId: page.id, personId },
  });
  return { state: incident, history: history.entries, outbox: [page], reason: 'contacted' };
};
