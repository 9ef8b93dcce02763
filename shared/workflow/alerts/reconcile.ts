import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { isOver, reopen, resolve } from '../../domain/corrective/incidents/lifecycle.ts';
import type { Invocation } from '../../domain/id.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import type { Effect } from '../../domain/outbox/timer.ts';
import type { OpenAlert } from '../../domain/proactive/alerts/alert.ts';
import { type Attempt, commitWithRetry, writesOf } from '../engine/commit.ts';
import { done } from '../engine/effect.ts';
import { newInvocation } from '../engine/invocation.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import { loadEscalationContext } from '../incidents/escalation-context.ts';
import { forgottenBy } from './alerts-open-at-resolve.ts';

const FIREBREAK = {
  actor: { kind: 'firebreak' as const, id: 'firebreak', name: 'Firebreak' },
  by: 'firebreak',
};

type Settle = Extract<Effect['perform'], { type: 'reconcile' }>;

interface Settling {
  effect: Effect;
  what: Settle;
  incident: Incident;
  invocation: Invocation;
}

/**
 * Makes an incident and its open alerts agree, whatever order things happened in: open and no alert left, after one
 * resolved: it is over; over and an alert left that nobody knew of: it is open again, and pages.
 */
export const reconcile = (ports: Ports, effect: Effect, what: Settle): Promise<string> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async (): Promise<Attempt<string>> => {
    const incident = await ports.store.get({ kind: 'incident', id: what.incidentId });
    const move = incident && (isOver(incident) ? reopening : resolving);
    const moved = move && (await move(ports, { effect, what, incident, invocation }));
    return moved ?? { writes: [done(effect)], result: 'in-agreement' };
  });
};

const moving = async (
  ports: Ports,
  { effect, incident, invocation }: Settling,
  decision: Decision<Incident>,
): Promise<Attempt<string>> => {
  const { writes } = await writesOf(ports, { before: incident, decision }, invocation);
  return { writes: [done(effect), ...writes], result: decision.reason };
};

/** Over, unless an alert is left: what joins at this moment looks for itself when it has. */
const resolving = async (ports: Ports, settling: Settling): Promise<Attempt<string> | undefined> => {
  const { incident, what, invocation } = settling;
  if (what.because !== 'alert-resolved' || what.episode !== incident.episode) return undefined;
  const marks = await ports.store.list({ of: 'open-alert', incidentId: incident.id }, { limit: 1 });
  if (marks.items.length > 0) return undefined;
  const note = 'The last open alert was resolved.';
  return moving(ports, settling, resolve(incident, { ...FIREBREAK, note }, invocation));
};

/** Open again for the alert that is left, but only while it is. */
const reopening = async (ports: Ports, settling: Settling): Promise<Attempt<string> | undefined> => {
  const { incident, what, invocation } = settling;
  const left = await unknown(ports, incident, what);
  if (!left) return undefined;
  const standing = await loadEscalationContext(ports, incident, invocation.now);
  const decision = reopen(standing, { answer: FIREBREAK, why: 'alert-left-open' }, invocation);
  const { writes, result } = await moving(ports, settling, decision);
  return { writes: [...writes, { check: left, guard: 'present' }], result };
};

/** The mark of an open alert that whoever resolved the incident did not know of. */
const unknown = async (ports: Ports, incident: Incident, what: Settle): Promise<OpenAlert | undefined> => {
  const isForgotten = forgottenBy(ports, incident);
  for await (const mark of marksFor(ports, what)) if (!(await isForgotten(mark.alertId))) return mark;
  return undefined;
};

/** What joined looks for itself alone, and the incident's resolve for all others; an alert's resolve leaves nothing. */
async function* marksFor(ports: Ports, { incidentId, because, alertId }: Settle): AsyncGenerator<OpenAlert> {
  if (because === 'alert-resolved') return;
  if (!alertId) return yield* listAll(ports, { of: 'open-alert', incidentId });
  const mark = await ports.store.get({ kind: 'open-alert', incidentId, alertId });
  if (mark) yield mark;
}
