import { describe, expect, it } from 'vitest';
import { Refused } from '../../shared/domain/refused.ts';
import { pagerduty } from '../../shared/sources/pagerduty.ts';

const invocation = { now: '2026-01-05T09:00:00.000Z', id: '01KE6ZQ0000000000000000000' };
const payload = { summary: 'Disk full', source: 'shop-1', severity: 'critical' };
const event = { routing_key: 'k'.repeat(32), event_action: 'trigger', dedup_key: 'disk', payload };
const read = (body: unknown, path = '/v2/enqueue') =>
  pagerduty.read({ path, contentType: '', query: {}, body }, invocation);
const faults = (body: unknown, path?: string): string[] => {
  try {
    read(body, path);
  } catch (error) {
    if (error instanceof Refused) return error.problems.map((problem) => problem.path);
    throw error;
  }
  return [];
};
const withPayload = (change: object) => ({ ...event, payload: { ...payload, ...change } });

describe('limits are theirs, in characters', () => {
  it.each([
    ['routing_key', 31],
    ['routing_key', 33],
    ['dedup_key', 256],
  ])('%s of %i is refused', (field, length) => {
    expect(faults({ ...event, [field]: '😀'.repeat(length) })).toEqual([`body.${field}`]);
  });

  it.each([
    ['routing_key', 32],
    ['dedup_key', 255],
  ])('%s of %i is accepted', (field, length) => {
    expect(faults({ ...event, [field]: '😀'.repeat(length) })).toEqual([]);
  });

  it('a summary of 1,024 is accepted and of 1,025 refused', () => {
    expect(faults(withPayload({ summary: '😀'.repeat(1024) }))).toEqual([]);
    expect(faults(withPayload({ summary: 'x'.repeat(1025) }))).toEqual(['body.payload.summary']);
  });
});

it.each([
  ['critical', 'sev1'],
  ['error', 'sev2'],
  ['warning', 'sev3'],
  ['info', 'sev4'],
])('%s is %s', (word, severity) => {
  const [alert] = read(withPayload({ severity: word })).alerts;
  expect(alert).toMatchObject({ severity, sourceSeverity: word });
});

describe('an event without a known action', () => {
  it.each([undefined, null, 'escalate', 7])(
    '(%j) is refused with everything else at fault',
    (event_action) => {
      const body = { event_action, payload: {} };
      expect(faults(body)).toEqual([
        ...['body.routing_key', 'body.event_action'],
        ...['body.payload.summary', 'body.payload.source', 'body.payload.severity'],
      ]);
    },
  );

  it.each([null, [], 'text', 7])('or any field (%j) is refused', (body) =>
    expect(faults(body)).toEqual(['body']),
  );
});

describe('acknowledge and resolve', () => {
  it.each(['acknowledge', 'resolve'])('%s needs a dedup_key', (event_action) => {
    for (const dedup_key of [undefined, '', null])
      expect(faults({ ...event, event_action, dedup_key })).toEqual(['body.dedup_key']);
  });

  it.each([undefined, null, {}, 'x', { severity: 'unknown' }])('take any payload, such as %j', (given) => {
    expect(faults({ ...event, event_action: 'resolve', payload: given })).toEqual([]);
  });
});

it.each([undefined, null, ''])('names a trigger whose dedup_key is %j by the draw', (dedup_key) => {
  expect(read({ ...event, dedup_key }).alerts[0]?.dedupKey).toBe(invocation.id);
});

it('is not put off by decorations of the wrong shape', () => {
  const odd = { links: 'https://a', images: [null, { src: 'https://i.example.com/1.png' }], client: 7 };
  const [alert] = read({ ...withPayload({ custom_details: [1] }), ...odd }).alerts;
  expect(alert?.links).toEqual([{ href: 'https://i.example.com/1.png', text: 'image' }]);
  expect(alert?.details).toEqual({ client: 7, custom_details: [1] });
});

it('needs a summary and a key of a change, and nothing else', () => {
  const path = '/v2/change/enqueue';
  expect(faults({ payload: {} }, path)).toEqual(['body.routing_key', 'body.payload.summary']);
  expect(faults({ routing_key: event.routing_key }, path)).toEqual(['body.payload']);
});

it.each([
  ['invalid', 400],
  ['too-large', 413],
  ['too-many', 429],
  ['unavailable', 503],
] as const)('answers %s with %i', (code, status) => {
  const reply = pagerduty.refused?.(new Refused(code, 'No.', [{ path: 'body', message: 'is not it' }]));
  expect(reply).toMatchObject({ status, body: { status: expect.any(String), message: expect.any(String) } });
  expect(reply?.headers?.['retry-after'] !== undefined).toBe(status === 429 || status === 503);
});
