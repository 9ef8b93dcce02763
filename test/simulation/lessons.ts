import { expect } from 'vitest';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import { ReviewRule } from '../../shared/domain/directory/follow-up.ts';
import { after as later } from '../../shared/domain/time.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { performEffect } from '../../shared/workflow/engine/perform-effect.ts';
import { type Action, move } from '../../shared/workflow/incidents/actions.ts';
// Loaded before any schedule runs: waiting for a module is no step.
import '../../shared/workflow/reviews/before-closing.ts';
import '../../shared/workflow/reviews/record-outcome.ts';
import '../../shared/workflow/reviews/tasks.ts';
import { everySchedule, type Story } from './interleave.ts';
import type { Table } from './memory-store.ts';
import { beginningFor, effectThat, history, only, type Workflow } from './workflows.ts';
import { team, type World, worldOn } from './world.ts';

const { client, people } = team;

const reviewed = {
  ...client,
  ...{ technicalLeadId: people.bo.id, projectManagerId: people.cy.id },
  reviewRule: ReviewRule.parse({ always: true }),
};

const does =
  (what: Action, name: keyof typeof people, note?: string): Workflow =>
  (ports, world) => {
    const { id } = people[name];
    // What people do one after the other is not of the same millisecond.
    world.now = later(world.now, 'PT1S');
    const actor = { kind: 'person' as const, id, name };
    return move(ports, only(world).id, what, { actor, by: id, note, invocation: newInvocation(ports) });
  };

const after =
  (...steps: Workflow[]): Workflow =>
  async (ports, world) => {
    for (const step of steps) await step(ports, world);
  };

const FIRST = 'The pool was made larger.';
const LAST = 'The query was put right.';

/** What was promised for the episode that the incident was in then: its number, or whichever comes first. */
const learnOf = (episode?: number): Workflow =>
  effectThat(
    (perform) => perform.type === 'record-outcome' && (episode ?? perform.episode) === perform.episode,
  );

const BACKGROUND: Record<string, Workflow> = {
  'learn from it': learnOf(),
  'see what it looks like': effectThat((perform) => perform.type === 'compare'),
  'open it again': does('reopen', 'bo'),
  'open it again, resolve it': after(does('reopen', 'bo'), does('resolve', 'cy', LAST)),
  'open it again, resolve it and learn': after(does('reopen', 'bo'), does('resolve', 'cy', LAST), learnOf(2)),
  // As when the lease of a slow process is over.
  'learn from it, whoever has it': async (ports, { store }) => {
    const effect = store.all('effect').find(({ perform }) => perform.type === 'record-outcome');
    return effect && performEffect(ports, effect);
  },
  'do nothing': async () => {},
  'close it': does('close', 'bo'),
  'resolve it': does('resolve', 'ada', FIRST),
  'resolve it and learn': after(does('resolve', 'ada', FIRST), learnOf()),
};

const lesson = (name: string): Workflow => BACKGROUND[name] as Workflow;

/**
 * An incident of a client that has all of them reviewed: still open; over, with its lesson to learn; compared with
 * others too; or learned from by a process that died before it could say so, so that it is learned again.
 */
export const beginningToLearn = async (how: 'open' | 'over' | 'compared' | 'learned'): Promise<Table> => {
  const world = worldOn(await beginningFor([], [reviewed]));
  if (how !== 'open') await lesson('resolve it')(world.process(), world);
  if (how === 'compared') await lesson('see what it looks like')(world.process(), world);
  if (how !== 'learned') return world.store.table();
  const [effect] = world.store.all('effect').filter(({ perform }) => perform.type === 'record-outcome');
  await lesson('learn from it')(world.process(), world);
  if (effect) await world.store.commit([{ put: effect }]);
  return world.store.table();
};

/** What is due about an incident by now was learned once, and nobody hears of it twice without a crash. */
const expectLearned = (
  { store, told }: World,
  { crashes, schedule }: { crashes: number; schedule: string },
): void => {
  const [incident] = store.all('incident') as [Incident];
  const isOver = incident.status === 'resolved';
  const reviews = store.all('review');
  const opened = store
    .all('history-entry')
    .filter(({ what, subjectId }) => what === 'opened' && subjectId.startsWith('rev_'));
  const again = store.all('history-entry').filter(({ what }) => ['edited', 'incident-again'].includes(what));
  const lines = store.all('history-entry').filter(({ what }) => what === 'review-due');
  if (isOver) expect(reviews, `${schedule}: its review`).toMatchObject([{ episode: incident.episode }]);
  expect([opened.length, lines.length], `${schedule}: told of its review`).toEqual([
    reviews.length,
    reviews.length,
  ]);
  expect(again.length, `${schedule}: filled in anew`).toBeLessThan(incident.episode);
  expect(store.all('review-section').length, `${schedule}: filled in`).toBe(reviews.length * 6);
  const timers = store.all('timer').filter(({ command }) => command.type === 'run-task');
  expect(timers.length, `${schedule}: what is armed for it`).toBe(reviews.length);
  const notices = store.all('notice').map(({ occasion, state }) => `${occasion} ${state}`);
  expect(notices, `${schedule}: notices`).toEqual(reviews.map(() => 'to-write handed-over'));
  expect(told.length, `${schedule}: heard`).toBeLessThanOrEqual(reviews.length + crashes);
  const likenesses = store.all('fingerprint').map(({ helped }) => helped);
  const last = incident.episode === 1 ? FIRST : LAST;
  if (isOver) expect(likenesses, `${schedule}: what helped`).toEqual([last]);
};

/** Every order of these workflows from a table on; the number of schedules. */
export const everyOrder = (
  table: Table,
  { names, crashes = false }: { names: readonly string[]; crashes?: boolean },
): Promise<number> => {
  const begin = (): Story => {
    let world: World | undefined;
    const told = history(table, names.map(lesson), (its) => {
      world = its;
    })();
    const check: Story['check'] = async (how) => {
      await told.check(how);
      expectLearned(world as World, { crashes: how.crashed ? 1 : 0, schedule: how.schedule });
    };
    return { ...told, check };
  };
  return everySchedule(begin, { crashes });
};
