import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import { timerIn } from '../../domain/corrective/paging/promise.ts';
import type { Timer } from '../../domain/outbox/timer.ts';
import { after } from '../../domain/time.ts';
import { incidentOf } from '../incidents/actions.ts';
import { commitWithRetry, writesOf } from './commit.ts';
import { newInvocation } from './invocation.ts';
import { listAll } from './list-all.ts';
import type { Ports } from './ports.ts';

/** A step is missing when it should have been taken so long ago: the sweep takes a late one within two minutes. */
const MISSING_AFTER = 'PT5M';

/**
 * Looks for open, unanswered incidents whose next step is not armed any more, and arms it. There should never be one:
 * each raises an alarm. Once an hour; reads the unanswered incidents only. A bad one fails alone, with an alarm too.
 */
export const repair = async (ports: Ports): Promise<number> => {
  let found = 0;
  for await (const incident of unanswered(ports)) if (await isRearmed(ports, incident)) found += 1;
  return found;
};

async function* unanswered(ports: Ports): AsyncGenerator<Incident> {
  const unreadable = (error: unknown): void => ports.telemetry.alarm('unreadable-record', error);
  for await (const { id: clientId } of listAll(ports, { of: 'client' }, { unreadable }))
    yield* listAll(ports, { of: 'incident', clientId, status: 'triggered' }, { unreadable });
}

const isRearmed = async (ports: Ports, incident: Incident): Promise<boolean> => {
  try {
    return await rearm(ports, incident);
  } catch (error) {
    ports.telemetry.alarm('incident-not-audited', error, { incidentId: incident.id });
    return false;
  }
};

const isMissing = ({ status, escalation }: Incident, now: string): boolean =>
  status === 'triggered' && (!escalation.nextAt || after(escalation.nextAt, MISSING_AFTER) < now);

const rearm = async (ports: Ports, { id }: Incident): Promise<boolean> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async () => {
    const incident = await incidentOf(ports, id);
    if (!isMissing(incident, invocation.now)) return { writes: [], result: false };
    ports.telemetry.alarm('next-step-was-missing', new Error('An unanswered incident had no next step.'), {
      incidentId: id,
    });
    const history = timelineOf(incident, invocation);
    history.write({
      what: 'step-taken',
      text: 'The next step was not scheduled. Escalating now.',
      reason: 'found-by-audit',
    });
    const timer = timerIn(
      { clientId: incident.clientId, delay: 'PT0S', label: 'repair' },
      commandFor(incident),
      invocation,
    );
    const exhausted = incident.escalation.state === 'exhausted';
    const escalation = {
      ...incident.escalation,
      state: exhausted ? ('exhausted' as const) : ('running' as const),
      nextAt: invocation.now,
    };
    const state = { ...incident, escalation };
    const decision = { state, history: history.entries, outbox: [timer], reason: 'rearmed' };
    const { writes } = await writesOf(ports, { before: incident, decision }, invocation);
    return { writes, result: true };
  });
};

const commandFor = ({ id: incidentId, generation, escalation }: Incident): Timer['command'] => {
  if (escalation.state === 'exhausted')
    return { type: 'fall-back', incidentId, generation, round: (escalation.round ?? 0) + 1 };
  const { loop, step } = escalation;
  return { type: 'escalate', incidentId, generation, loop, step };
};
