import { expect, test } from 'vitest';
import { openRecurring } from '../../infra/local/recurring.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';

const machine = ({ wanted = true } = {}) => {
  let now: Instant = '2026-03-02T12:01:00.000Z';
  const ran: string[] = [];
  const ports = { clock: { now: () => now } } as Ports;
  const about = { name: 'watch', every: 'PT5M', title: 'Watches.' };
  const job = { run: async () => 'done', isWanted: async () => wanted };
  const recurring = openRecurring({
    ports,
    run: async ({ job: name }) => {
      ran.push(`${name} at ${now.slice(11, 16)}`);
      throw new Error('it failed, and is run again all the same');
    },
    jobs: [{ about, load: async () => job }],
  });
  return {
    recurring,
    ran,
    to: async (at: Instant) => {
      now = at;
      await recurring.runDue();
    },
  };
};

test('a job runs on the grid of the clock, once for each round that is reached', async () => {
  const { ran, to } = machine();
  for (const time of ['12:04', '12:05', '12:06', '12:10', '12:31', '12:34', '12:35'])
    await to(`2026-03-02T${time}:00.000Z`);
  expect(ran).toEqual(['12:05', '12:10', '12:31', '12:35'].map((time) => `watch at ${time}`));
});

test('its rounds are on the way of a jump, if there is anything to do', async () => {
  const until = '2026-03-02T12:16:00.000Z';
  const rounds = ['12:05', '12:10', '12:15'].map((time) => `2026-03-02T${time}:00.000Z`);
  expect(await machine().recurring.roundsUntil(until)).toEqual(rounds);
  expect(await machine({ wanted: false }).recurring.roundsUntil(until)).toEqual([]);
});

test('a jump of a year does not take a hundred thousand rounds', async () => {
  const rounds = await machine().recurring.roundsUntil('2027-03-02T12:00:00.000Z');
  expect(rounds.length).toBeLessThanOrEqual(288);
  expect(rounds.length).toBeGreaterThan(200);
});
