import type { Standing } from '../domain/corrective/escalation.ts';
import type { Incident } from '../domain/corrective/incident.ts';
import { isOver, reopen, resolve } from '../domain/corrective/lifecycle.ts';
import type { Effect } from '../domain/corrective/timer.ts';
import type { Draw } from '../domain/id.ts';
import type { OpenAlert } from '../domain/proactive/alert.ts';
import { type Attempt, decideAgain, writesOf } from './commit.ts';
import { drawNow } from './draw-now.ts';
import { every } from './every.ts';
import { done } from './perform-effect.ts';
import type { Ports } from './ports.ts';
import { standingOf } from './standing.ts';
import type { Write } from './store-port.ts';

const FIREBREAK = {
  actor: { kind: 'firebreak' as const, id: 'firebreak', name: 'Firebreak' },
  by: 'firebreak',
};

type Settle = Extract<Effect['perform'], { do: 'settle' }>;

/**
 * Makes an incident and its open alerts agree, whatever order things happened in: open and no alert left, after one
 * resolved: it is over; over and an alert left that nobody saw: it is open again, and pages.
 */
export const settle = (ports: Ports, effect: Effect, what: Settle): Promise<string> => {
  const draw = drawNow(ports);
  return decideAgain(ports, async (): Promise<Attempt<string>> => {
    const incident = await ports.store.get({ kind: 'incident', id: what.incidentId });
    const agreement = { writes: [done(effect)], result: 'in-agreement' };
    if (!incident || incident.episode !== what.episode) return agreement;
    const left = await openMark(ports, incident);
    const decision = left
      ? isOver(incident) && reopenFor(await standingOf(ports, incident, draw.now), draw)
      : !isOver(incident) && (await resolveAfter(ports, { incident, what, draw }));
    if (!decision) return agreement;
    const { writes } = await writesOf(ports, { before: incident, decision }, draw);
    const because: Write[] = left ? [{ check: left, guard: 'present' }] : [];
    return { writes: [done(effect), ...because, ...writes], result: decision.reason };
  });
};

const reopenFor = (standing: Standing, draw: Draw) =>
  reopen(standing, { answer: FIREBREAK, why: 'alert-left-open' }, draw);

const resolveAfter = async (
  ports: Ports,
  { incident, what, draw }: { incident: Incident; what: Settle; draw: Draw },
) => {
  if (what.because !== 'alert-resolved' || (await anyReopened(ports, incident))) return undefined;
  return resolve(incident, { ...FIREBREAK, note: 'Its last open alert was resolved.' }, draw);
};

/** The mark of an alert that is open under the incident, unless a promise to forget it is still to be kept. */
const openMark = async (ports: Ports, { id: incidentId }: Incident): Promise<OpenAlert | undefined> => {
  let forgotten: Set<string> | undefined;
  for await (const mark of every(ports, { of: 'open-alert', incidentId })) {
    forgotten ??= await forgottenAlerts(ports, incidentId);
    if (!forgotten.has(mark.alertId)) return mark;
  }
  return undefined;
};

const forgottenAlerts = async (ports: Ports, incidentId: string): Promise<Set<string>> => {
  const forgotten = new Set<string>();
  for await (const { perform } of every(ports, { of: 'effect', subjectId: incidentId }))
    if (perform.do === 'forget-alerts') for (const alertId of perform.alertIds) forgotten.add(alertId);
  return forgotten;
};

/** Whoever resolved it had its marks taken away; opened again, the alerts that no monitor resolved are open again. */
const anyReopened = async (ports: Ports, { id: incidentId, episode }: Incident): Promise<boolean> => {
  if (episode === 1) return false;
  for await (const alert of every(ports, { of: 'alert', incidentId }))
    if (alert.status === 'triggered') return true;
  return false;
};
