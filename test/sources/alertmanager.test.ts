import { describe, expect, it } from 'vitest';
import { Refused } from '../../shared/domain/refused.ts';
import { alertmanager } from '../../shared/sources/alertmanager.ts';

const invocation = { now: '2026-01-05T09:00:00.000Z', id: '01KE6ZQ0000000000000000000' };
const alert = (change: object = {}) => ({
  ...{ status: 'firing', labels: { alertname: 'Down' }, startsAt: '2026-01-05T08:00:00Z' },
  ...change,
});
const read = (body: unknown) => alertmanager.read({ path: '', contentType: '', query: {}, body }, invocation);
const readOne = (change: object) => read({ version: '4', alerts: [alert(change)] }).alerts[0];
const refusal = (body: unknown): Refused => {
  try {
    read(body);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('It was accepted');
};

it.each([
  ['critical', 'sev1'],
  ['page', 'sev1'],
  [' CRITICAL ', 'sev1'],
  ['error', 'sev2'],
  ['major', 'sev2'],
  ['high', 'sev2'],
  ['warning', 'sev3'],
  ['info', 'sev4'],
  ['none', 'sev4'],
  ['', 'sev2'],
  ['constructor', 'sev2'],
  ['P3', 'sev2'],
])('the label severity=%j is %s', (word, severity) => {
  expect(readOne({ labels: { severity: word } })).toMatchObject({ severity, sourceSeverity: word });
});

it('is as bad as the second without the label', () => {
  const read = readOne({});
  expect(read?.severity).toBe('sev2');
  expect(read).not.toHaveProperty('sourceSeverity');
});

describe('the summary', () => {
  const labels = { alertname: 'Down', instance: 'shop-1' };
  it.each([
    [{ annotations: { summary: 'S', description: 'D' } }, 'S'],
    [{ annotations: { summary: ' ', description: 'D\nD' } }, 'D D'],
    [{ annotations: null }, 'Down on shop-1'],
    [{ labels: { alertname: 'Down' } }, 'Down'],
    [{ labels: {} }, 'Unnamed alert'],
  ])('of %j is %j', (change, summary) => expect(readOne({ labels, ...change })?.summary).toBe(summary));

  it('is cut, never refused', () => {
    expect(readOne({ annotations: { summary: 'x'.repeat(5000) } })?.summary).toHaveLength(1024);
  });
});

it('falls back to a hash of the labels, whatever their order', () => {
  const one = readOne({ labels: { a: '1', b: '2' } })?.dedupKey;
  const same = readOne({ labels: { b: '2', a: '1' }, fingerprint: '' })?.dedupKey;
  const other = readOne({ labels: { a: '1', b: '3' } })?.dedupKey;
  expect(one).toMatch(/^labels:1:[0-9A-Z]{16}$/);
  expect({ same, other: other === one }).toEqual({ same: one, other: false });
});

it('names its episode by when the alert started', () => {
  expect(readOne({ startsAt: '2026-01-05T10:00:00.123456789+02:00' })).toMatchObject({
    episode: '2026-01-05T08:00:00.123Z',
  });
});

it('says to Grafana what to use instead', () => {
  expect(refusal({ version: '1', orgId: 1, alerts: [] }).problems).toEqual([
    { path: 'body.version', message: expect.stringContaining('Grafana') },
  ]);
});

it.each([undefined, '3', 4])('refuses the version %j', (version) => {
  expect(refusal({ version, alerts: [] }).problems).toEqual([
    { path: 'body.version', message: expect.stringContaining('"4"') },
  ]);
});

it('takes a thousand alerts and not one more', () => {
  const many = (length: number) => ({ version: '4', alerts: Array.from({ length }, () => alert()) });
  expect(read(many(1000)).alerts).toHaveLength(1000);
  expect(refusal(many(1001))).toMatchObject({ code: 'too-large', message: expect.stringContaining('1000') });
});
