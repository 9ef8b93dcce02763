import type { Incident } from '../domain/corrective/incident.ts';
import { isOver, reopen, resolve } from '../domain/corrective/lifecycle.ts';
import type { Effect } from '../domain/corrective/timer.ts';
import { type Attempt, decideAgain, writesOf } from './commit.ts';
import { drawNow } from './draw-now.ts';
import { done } from './perform-effect.ts';
import type { Ports } from './ports.ts';
import { standingOf } from './standing.ts';

const FIREBREAK = {
  actor: { kind: 'firebreak' as const, id: 'firebreak', name: 'Firebreak' },
  by: 'firebreak',
};
const PAGE = 100;

type Settle = Extract<Effect['perform'], { do: 'settle' }>;

/**
 * Makes an incident and its open alerts agree, whatever order things happened in: open and no alert left, after one
 * resolved: it is over; over and an alert left that nobody saw: it is open again, and pages.
 */
export const settle = (ports: Ports, effect: Effect, what: Settle): Promise<string> => {
  const draw = drawNow(ports);
  return decideAgain(ports, async (): Promise<Attempt<string>> => {
    const incident = await ports.store.get({ kind: 'incident', id: what.incidentId });
    const decision = incident && (await decide(ports, { incident, what, draw }));
    if (!incident || !decision) return { writes: [done(effect)], result: 'in-agreement' };
    const { writes } = await writesOf(ports, { before: incident, decision }, draw);
    return { writes: [done(effect), ...writes], result: decision.reason };
  });
};

const decide = async (
  ports: Ports,
  { incident, what, draw }: { incident: Incident; what: Settle; draw: ReturnType<typeof drawNow> },
) => {
  if (incident.episode !== what.episode) return undefined;
  const left = await anyAlertLeft(ports, incident);
  if (!isOver(incident))
    return what.because === 'alert-resolved' && !left
      ? resolve(incident, { ...FIREBREAK, note: 'Its last open alert was resolved.' }, draw)
      : undefined;
  if (!left) return undefined;
  return reopen(
    await standingOf(ports, incident, draw.now),
    { answer: FIREBREAK, why: 'alert-left-open' },
    draw,
  );
};

/** An open alert's mark that no promise to forget it names. */
const anyAlertLeft = async (ports: Ports, { id: incidentId }: Incident): Promise<boolean> => {
  const marks = await ports.store.list({ of: 'open-alert', incidentId }, { limit: PAGE });
  if (marks.items.length === 0) return false;
  const pending = await ports.store.list({ of: 'effect', subjectId: incidentId }, { limit: PAGE });
  const forgotten = new Set(
    pending.items.flatMap(({ perform }) => (perform.do === 'forget-alerts' ? perform.alertIds : [])),
  );
  return marks.items.some((mark) => !forgotten.has(mark.alertId));
};
