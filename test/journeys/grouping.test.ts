import { expect, test } from 'vitest';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { expectPagedByBoth } from '../support/paged.ts';

const open = deskOn(testEngine());
const grouping = { cast: { groupingWindow: 'PT10M' } };

test('an alert inside the window joins; nobody is paged twice', async () => {
  const desk = await open(grouping);
  const first = await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.pass('PT4M');
  const second = await desk.alert('payments');
  expect(second).toMatchObject({ reason: 'within-grouping-window', incidentId: first.incidentId });
  desk.expectNobodyPaged();
});

test('an alert after the window opens its own incident', async () => {
  const desk = await open(grouping);
  const first = await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.does('ada', 'acknowledge');
  await desk.pass('PT10M');
  const second = await desk.alert('payments');
  expect(second.reason).toBe('first');
  expect(second.incidentId).not.toBe(first.incidentId);
  expectPagedByBoth(desk, 'ada');
});

test('without a window every alert is an incident of its own', async () => {
  const desk = await open();
  await desk.alert('checkout');
  await desk.alert('payments');
  expectPagedByBoth(desk, 'ada', 'ada');
  expect(await desk.incidents()).toHaveLength(2);
});

test('alerts of another service stay apart', async () => {
  const desk = await open(grouping);
  const { service, integration } = desk.cast;
  const other = { ...service, id: 'svc_01KE6F3G00000000000000B10G', name: 'Blog' };
  await desk.ports.store.commit([{ put: other }]);
  await desk.alert('checkout');
  integration.serviceId = other.id;
  expect((await desk.alert('blog')).reason).toBe('first');
  expect(await desk.incidents()).toHaveLength(2);
  expectPagedByBoth(desk, 'ada', 'ada');
});

test('whoever answered hears of alerts that join: once in five minutes', async () => {
  const desk = await open({ cast: { groupingWindow: 'PT30M' } });
  await desk.alert('checkout');
  expectPagedByBoth(desk, 'ada');
  await desk.does('bo', 'acknowledge');
  await desk.pass('PT4M58S');
  await desk.alert('payments');
  expect(desk.expectPaged('bo', 'sms').text).toContain('NEW ALERT');
  desk.expectPaged('bo', 'email');
  await desk.pass('PT3S');
  await desk.alert('search');
  await desk.pass('PT4M55S');
  await desk.alert('basket');
  desk.expectNobodyPaged();
  await desk.pass('PT5S');
  await desk.alert('images');
  expectPagedByBoth(desk, 'bo');
  expect(await desk.incidents()).toMatchObject([{ status: 'acknowledged' }]);
});

test('a worse alert joins: unanswered again, paged from the first step, at the new urgency', async () => {
  const desk = await open(grouping);
  await desk.alert('slow', { severity: 'sev3' });
  desk.expectPaged('ada', 'email');
  await desk.pass('PT5M');
  desk.expectPaged('bo', 'email');
  await desk.does('bo', 'acknowledge');
  expect((await desk.alert('down', { severity: 'sev1' })).reason).toBe('severity-raised');
  expectPagedByBoth(desk, 'ada');
  expect(await desk.incident()).toMatchObject({ status: 'triggered', severity: 'sev1', urgency: 'high' });
  await desk.pass('PT5M');
  expectPagedByBoth(desk, 'bo');
  await desk.does('bo', 'resolve');
});

test('a repeat that is worse raises its incident, and is worse no more', async () => {
  const desk = await open(grouping);
  await desk.alert('slow', { severity: 'sev3' });
  desk.expectPaged('ada', 'email');
  await desk.does('ada', 'acknowledge');
  expect((await desk.alert('slow', { severity: 'sev2' })).reason).toBe('severity-raised');
  expectPagedByBoth(desk, 'ada');
  expect((await desk.alert('slow', { severity: 'sev2' })).reason).toBe('duplicate');
});
