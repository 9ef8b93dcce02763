import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { steps: onlyAda, methods: byTextAlone } };
const EIGHT = { episode: '2026-01-05T08:00:00.000Z' };
const HALF_PAST = { episode: '2026-01-05T08:30:00.000Z' };

test('the end of an episode comes before its beginning: the beginning opens nothing, the next one does', async () => {
  const desk = await open(options);
  expect((await desk.resolved('checkout', EIGHT)).reason).toBe('no-open-alert');
  expect((await desk.alert('checkout', EIGHT)).reason).toBe('episode-is-over');
  expect(await desk.incidents()).toEqual([]);
  expect((await desk.alert('checkout', HALF_PAST)).reason).toBe('first');
  desk.expectPaged('ada');
});

test('a beginning that comes again after the end opens nothing', async () => {
  const desk = await open(options);
  await desk.alert('checkout', EIGHT);
  desk.expectPaged('ada');
  await desk.resolved('checkout', EIGHT);
  expect((await desk.alert('checkout', EIGHT)).reason).toBe('episode-is-over');
  expect((await desk.incident()).status).toBe('resolved');
});

test('what an older episode says does not touch the newer one', async () => {
  const desk = await open(options);
  await desk.alert('checkout', HALF_PAST);
  desk.expectPaged('ada');
  expect((await desk.alert('checkout', EIGHT)).reason).toBe('older-episode');
  expect((await desk.resolved('checkout', EIGHT)).reason).toBe('older-episode');
  expect((await desk.incident()).status).toBe('triggered');
});

test('a newer start of the same problem is remembered: the end of the older one ends nothing', async () => {
  const desk = await open(options);
  await desk.alert('checkout', EIGHT);
  desk.expectPaged('ada');
  expect((await desk.alert('checkout', HALF_PAST)).reason).toBe('duplicate');
  expect((await desk.resolved('checkout', EIGHT)).reason).toBe('older-episode');
  expect((await desk.incident()).status).toBe('triggered');
  expect((await desk.resolved('checkout', HALF_PAST)).reason).toBe('alert-resolved');
  expect((await desk.incident()).status).toBe('resolved');
});

test('from a source that names no episode the order of arrival rules', async () => {
  const desk = await open(options);
  expect((await desk.resolved('checkout')).reason).toBe('no-open-alert');
  expect((await desk.alert('checkout')).reason).toBe('first');
  desk.expectPaged('ada');
  await desk.resolved('checkout');
  expect((await desk.alert('checkout')).reason).toBe('new-episode');
  desk.expectPaged('ada');
});
