import type { Incident } from '../domain/corrective/incident.ts';
import { isOver, reopen, resolve } from '../domain/corrective/lifecycle.ts';
import type { Effect } from '../domain/corrective/timer.ts';
import type { Decision } from '../domain/decision.ts';
import type { Draw } from '../domain/id.ts';
import type { OpenAlert } from '../domain/proactive/alert.ts';
import { type Attempt, decideAgain, writesOf } from './commit.ts';
import { drawNow } from './draw-now.ts';
import { every } from './every.ts';
import { done } from './perform-effect.ts';
import type { Ports } from './ports.ts';
import { standingOf } from './standing.ts';

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
    if (isOver(incident)) return (await reopening(ports, { effect, incident, draw })) ?? agreement;
    if (what.because !== 'alert-resolved' || (await anyOpen(ports, incident))) return agreement;
    const note = 'Its last open alert was resolved.';
    return moving(ports, { effect, incident, draw }, resolve(incident, { ...FIREBREAK, note }, draw));
  });
};

interface Settling {
  effect: Effect;
  incident: Incident;
  draw: Draw;
}

const moving = async (
  ports: Ports,
  { effect, incident, draw }: Settling,
  decision: Decision<Incident>,
): Promise<Attempt<string>> => {
  const { writes } = await writesOf(ports, { before: incident, decision }, draw);
  return { writes: [done(effect), ...writes], result: decision.reason };
};

/** Open again for the alert that is left, but only while it is. */
const reopening = async (ports: Ports, settling: Settling): Promise<Attempt<string> | undefined> => {
  const { incident, draw } = settling;
  const left = await openMark(ports, incident);
  if (!left) return undefined;
  const standing = await standingOf(ports, incident, draw.now);
  const decision = reopen(standing, { answer: FIREBREAK, why: 'alert-left-open' }, draw);
  const { writes, result } = await moving(ports, settling, decision);
  return { writes: [...writes, { check: left, guard: 'present' }], result };
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

/**
 * Whether an alert of an open incident is open. Whoever resolved it had the marks taken away; opened again, the alerts
 * that no monitor resolved are open again without one.
 */
const anyOpen = async (ports: Ports, { id: incidentId, episode }: Incident): Promise<boolean> => {
  const marks = await ports.store.list({ of: 'open-alert', incidentId }, { limit: 1 });
  if (marks.items.length > 0) return true;
  if (episode === 1) return false;
  for await (const alert of every(ports, { of: 'alert', incidentId }))
    if (alert.status === 'triggered') return true;
  return false;
};
