import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import type { Effect } from '../../shared/domain/outbox/timer.ts';
import type { AlertEvent } from '../../shared/domain/proactive/alerts/alert-event.ts';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { after } from '../../shared/domain/time.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import { deliver } from '../../shared/workflow/engine/deliver.ts';
import { fireTimer } from '../../shared/workflow/engine/fire-timer.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { type Action, move } from '../../shared/workflow/incidents/actions.ts';
// Loaded before any schedule runs: waiting for a module is no step.
import '../../shared/workflow/recurrence/compare.ts';
import { START } from '../support/cast.ts';
import type { Story } from './interleave.ts';
import type { Table } from './memory-store.ts';
import { expectKept, expectPromises } from './promises.ts';
import { sweepLater, team, type World, worldOn } from './world.ts';

export type Workflow = (ports: Ports, world: World) => Promise<unknown>;

export const only = ({ store }: World): Incident => {
  const [incident] = store.all('incident');
  if (!incident) throw new Error('There is no incident.');
  return incident;
};

const person = (name: keyof typeof team.people, what: Action): Workflow => {
  const { id } = team.people[name];
  return (ports, world) =>
    move(ports, only(world).id, what, {
      actor: { kind: 'person', id, name },
      by: id,
      invocation: newInvocation(ports),
    });
};

export const monitor = (dedupKey: string, event: Partial<AlertEvent> = {}): Workflow => {
  const whole = {
    action: 'trigger' as const,
    dedupKey,
    summary: dedupKey,
    severity: 'sev2' as const,
    ...event,
  };
  return (ports) => receiveAlert(ports, team.integration, whole, newInvocation(ports));
};

const pageBy =
  (channel: string): Workflow =>
  async (ports, { store }) => {
    const [page] = store.all('page').filter((each) => each.channel === channel && each.state === 'promised');
    return page && deliver(ports, page);
  };

export const effectThat =
  (fits: (perform: Effect['perform']) => boolean): Workflow =>
  async (ports, { store }) => {
    const effect = store.all('effect').find(({ perform }) => fits(perform));
    return effect && deliver(ports, effect);
  };

export const settling = (because: string): Workflow =>
  effectThat((perform) => perform.type === 'reconcile' && perform.because === because);

const resolvedByMonitor = monitor('checkout', { action: 'resolve' });

/** Takes afterwards the looks that it promised, as the handover does; where it dies before, the sweep does. */
const andSettles =
  (run: Workflow): Workflow =>
  async (ports, world) => {
    const before = new Set(world.store.all('effect').map(({ id }) => id));
    await run(ports, world);
    const effects: Effect[] = world.store.all('effect');
    for (const effect of effects)
      if (effect.perform.type === 'reconcile' && !before.has(effect.id)) await deliver(ports, effect);
  };

/** Everything that can happen to an incident, each as its own process does it. */
export const WORKFLOWS: Record<string, Workflow> = {
  acknowledge: person('bo', 'acknowledge'),
  'contain by another': person('cy', 'contain'),
  'resolve by hand': person('ada', 'resolve'),
  'ask for help': person('ada', 'help'),
  'escalate by hand': person('dee', 'escalate'),
  'the next step': async (ports, { store, now }) => {
    const timer = store.all('timer').find(({ dueAt }) => dueAt <= now);
    return timer && fireTimer(ports, timer.id);
  },
  'send the text': pageBy('sms'),
  'send the mail': pageBy('email'),
  'another alert joins': monitor('payments'),
  'a worse alert joins': monitor('database', { severity: 'sev1' }),
  'the alert again': monitor('checkout'),
  'its monitor resolves it': resolvedByMonitor,
  reconcile: settling('alert-resolved'),
  'see what it looks like': effectThat((perform) => perform.type === 'compare'),
};

/** The same, and afterwards the looks that they promised to take, by the same process. */
export const AND_SETTLES: Record<string, Workflow> = Object.fromEntries(
  ['resolve by hand', 'another alert joins', 'its monitor resolves it'].flatMap((name) => {
    const run = WORKFLOWS[name];
    return run ? [[`${name} and settles`, andSettles(run)]] : [];
  }),
);

export const workflow = (name: string): Workflow => {
  const found = WORKFLOWS[name] ?? AND_SETTLES[name];
  if (!found) throw new Error(`There is no workflow "${name}".`);
  return found;
};

/** An incident of one alert, five minutes old: its pages wait to be sent, and its next step is due. */
export const beginningFor = async (
  names: readonly string[] = [],
  others: StoredRecord[] = [],
): Promise<Table> => {
  const world = worldOn(new Map());
  for (const put of [...team.records, ...others]) await world.store.commit([{ put }]);
  await workflow('the alert again')(world.process(), world);
  if (names.includes('reconcile')) await resolvedByMonitor(world.process(), world);
  return world.store.table();
};

/** Workflows side by side from a table on; afterwards every promise must hold, at once and when the sweep has been. */
export const history =
  (table: Table, workflows: Workflow[], prepare: (world: World) => void = () => {}) =>
  (): Story => {
    const world = worldOn(table, after(START, 'PT5M'));
    prepare(world);
    return {
      actors: workflows.map((run) => (gate) => run(world.process(gate), world)),
      check: async ({ crashed, schedule }) => {
        const crashes = crashed ? 1 : 0;
        expectPromises(world, crashes, schedule);
        await sweepLater(world);
        expectKept(world, crashes, schedule);
      },
    };
  };
