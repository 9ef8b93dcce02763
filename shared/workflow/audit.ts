import type { Incident } from '../domain/corrective/incident.ts';
import { timerIn } from '../domain/corrective/promise.ts';
import { scribe } from '../domain/corrective/scribe.ts';
import type { Timer } from '../domain/corrective/timer.ts';
import { after } from '../domain/time.ts';
import { decideAgain, writesOf } from './commit.ts';
import { drawNow } from './draw-now.ts';
import { every } from './every.ts';
import { incidentOf } from './incidents.ts';
import type { Ports } from './ports.ts';

/** A step is missing when it should have been taken so long ago: the sweep takes a late one within two minutes. */
const MISSING_AFTER = 'PT5M';

/**
 * Looks for open, unanswered incidents whose next step is not armed any more, and arms it. There should never be one:
 * each raises an alarm. Once an hour; reads the unanswered incidents only. A bad one fails alone, with an alarm too.
 */
export const audit = async (ports: Ports): Promise<number> => {
  let found = 0;
  for await (const incident of unanswered(ports)) if (await isRearmed(ports, incident)) found += 1;
  return found;
};

async function* unanswered(ports: Ports): AsyncGenerator<Incident> {
  const unreadable = (error: unknown): void => ports.watch.alarm('unreadable-record', error);
  for await (const { id: clientId } of every(ports, { of: 'client' }, { unreadable }))
    yield* every(ports, { of: 'incident', clientId, status: 'triggered' }, { unreadable });
}

const isRearmed = async (ports: Ports, incident: Incident): Promise<boolean> => {
  try {
    return await rearm(ports, incident);
  } catch (error) {
    ports.watch.alarm('incident-not-audited', error, { incidentId: incident.id });
    return false;
  }
};

const isMissing = ({ status, escalation }: Incident, now: string): boolean =>
  status === 'triggered' && (!escalation.nextAt || after(escalation.nextAt, MISSING_AFTER) < now);

const rearm = async (ports: Ports, { id }: Incident): Promise<boolean> => {
  const draw = drawNow(ports);
  return decideAgain(ports, async () => {
    const incident = await incidentOf(ports, id);
    if (!isMissing(incident, draw.now)) return { writes: [], result: false };
    ports.watch.alarm('next-step-was-missing', new Error('An unanswered incident had no next step.'), {
      incidentId: id,
    });
    const story = scribe(incident, draw);
    story.write({
      what: 'step-taken',
      text: 'The next step had not been armed: taken now.',
      reason: 'found-by-audit',
    });
    const timer = timerIn(
      { clientId: incident.clientId, delay: 'PT0S', label: 'audit' },
      commandFor(incident),
      draw,
    );
    const exhausted = incident.escalation.state === 'exhausted';
    const escalation = {
      ...incident.escalation,
      state: exhausted ? ('exhausted' as const) : ('running' as const),
      nextAt: draw.now,
    };
    const state = { ...incident, escalation };
    const decision = { state, timeline: story.entries, effects: [timer], reason: 'rearmed' };
    const { writes } = await writesOf(ports, { before: incident, decision }, draw);
    return { writes, result: true };
  });
};

const commandFor = ({ id: incidentId, generation, escalation }: Incident): Timer['command'] => {
  if (escalation.state === 'exhausted')
    return { do: 'fall-back', incidentId, generation, round: (escalation.round ?? 0) + 1 };
  const { loop, step } = escalation;
  return { do: 'escalate', incidentId, generation, loop, step };
};
