import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());
const at = (hour: string): { episode: string } => ({ episode: `2026-01-05T${hour}:00:00.000Z` });

test('a resolve that overtakes its trigger: the trigger of that episode opens nothing', async () => {
  const desk = await open();
  expect((await desk.resolved('disk', at('08'))).reason).toBe('no-open-alert');
  expect((await desk.alert('disk', at('08'))).reason).toBe('episode-is-over');
  expect((await desk.alert('disk', at('07'))).reason).toBe('older-episode');
  expect(await desk.incidents()).toEqual([]);
  expect((await desk.alert('disk', at('09'))).reason).toBe('first');
  expectPagedByBoth(desk, 'ada');
});

test.each([
  ['07', 'older-episode'],
  ['08', 'episode-is-over'],
])('after the episode of 08 is over, a trigger of %s is dropped: %s', async (hour, reason) => {
  const desk = await open();
  await desk.alert('disk', at('08'));
  expectPagedByBoth(desk, 'ada');
  await desk.resolved('disk', at('08'));
  expect((await desk.alert('disk', at(hour))).reason).toBe(reason);
  expect(await desk.incidents()).toHaveLength(1);
});

test('a newer episode is a new incident', async () => {
  const desk = await open();
  await desk.alert('disk', at('08'));
  await desk.resolved('disk', at('08'));
  expect((await desk.alert('disk', at('09'))).reason).toBe('new-episode');
  expectPagedByBoth(desk, 'ada', 'ada');
});

test.each(['sev1', 'sev2'] as const)(
  'a newer start of an open alert is remembered (repeated as %s)',
  async (severity) => {
    const desk = await open();
    await desk.alert('disk', { ...at('08'), severity: 'sev2' });
    expectPagedByBoth(desk, 'ada');
    const again = await desk.alert('disk', { ...at('09'), severity });
    if (again.reason === 'severity-raised') expectPagedByBoth(desk, 'ada');
    expect((await desk.resolved('disk', at('08'))).reason).toBe('older-episode');
    expect((await desk.incident()).status).toBe('triggered');
    await desk.resolved('disk', at('09'));
    expect((await desk.incident()).status).toBe('resolved');
  },
);

test('a resolve that tells of an earlier start takes nothing back: the trigger that is late is still late', async () => {
  const desk = await open();
  await desk.alert('disk', at('08'));
  expectPagedByBoth(desk, 'ada');
  await desk.resolved('disk', at('08'));
  const earlier = { ...at('07'), until: '2026-01-05T08:59:00.000Z' };
  expect((await desk.resolved('disk', earlier)).reason).toBe('no-open-alert');
  expect((await desk.alert('disk', at('08'))).reason).toBe('episode-is-over');
});

test.each(['07', '08'])(
  'of two servers one says that it is over, and the other goes on firing since %s: ten minutes later it is a new incident',
  async (hour) => {
    const desk = await open();
    await desk.alert('disk', at('08'));
    expectPagedByBoth(desk, 'ada');
    await desk.resolved('disk', at('08'));
    await desk.pass('PT10M');
    expect((await desk.alert('disk', at(hour))).reason).not.toBe('new-episode');
    await desk.pass('PT1S');
    const again = await desk.alert('disk', at(hour));
    expect(again.reason).toBe('new-episode');
    expectPagedByBoth(desk, 'ada');
    await desk.resolved('disk', { ...at(hour), until: '2026-01-05T09:20:00.000Z' });
    expect((await desk.incident(again.incidentId)).status).toBe('resolved');
  },
);

test('a source that names no episode is never late: the order of arrival rules', async () => {
  const desk = await open();
  await desk.resolved('disk');
  expect((await desk.alert('disk', { at: '2020-01-01T00:00:00.000Z' })).reason).toBe('first');
  expectPagedByBoth(desk, 'ada');
});
