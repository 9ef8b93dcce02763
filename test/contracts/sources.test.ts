import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertEvent, ChangeEvent } from '../../shared/domain/proactive/alerts/alert-event.ts';
import { Refused } from '../../shared/domain/refused.ts';
import { SOURCES } from '../../shared/sources/index.ts';
import type { AlertSource, Arrived, Reading } from '../../shared/sources/source.ts';

const invocation = { now: '2026-01-05T09:00:00.000Z', id: '01KE6ZQ0000000000000000000' };
const arrivedAs = (change: Partial<Arrived>): Arrived => ({
  path: '',
  contentType: 'application/json',
  query: {},
  body: {},
  ...change,
});

const readOrRefusal = (source: AlertSource, change: Partial<Arrived>): Reading | Refused => {
  try {
    return source.read(arrivedAs(change), invocation);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
};

const replyTo = (source: AlertSource, read: Reading | Refused) => {
  if (read instanceof Refused) return source.refused?.(read);
  const outcomes = [
    ...read.alerts.map(({ dedupKey }) => ({ dedupKey, reason: 'opened', incidentId: 'inc_1' })),
    ...read.changes.map(() => ({ reason: 'change-kept' })),
  ];
  return source.accepted(outcomes, read);
};

const sources = await Promise.all(SOURCES.map(async (entry) => ({ ...entry, source: await entry.load() })));
const examples = sources.flatMap(({ about, source }) =>
  source.examples.map((example) => ({ name: about.name, source, example })),
);

it('has every source under one name and one path only', () => {
  const names = SOURCES.map(({ about }) => about.name);
  const paths = SOURCES.flatMap(({ about }) => about.paths ?? []);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(paths).size).toBe(paths.length);
  expect(names.filter((name) => !/^[a-z][a-z0-9-]*$/.test(name))).toEqual([]);
});

it.each(sources)('$about.name shows something that it takes and something that it refuses', ({ source }) => {
  const refusals = source.examples.filter(({ gives }) => 'refused' in gives);
  expect(refusals.length).toBeGreaterThan(0);
  expect(source.examples.length).toBeGreaterThan(refusals.length);
});

it.each(sources)(
  '$about.name finds the key in the body exactly when its path is fixed',
  ({ about, source }) => {
    expect(source.keyOf !== undefined).toBe(about.paths !== undefined);
  },
);

describe.each(examples)('$name, $example.title', ({ source, example }) => {
  const read = readOrRefusal(source, example.arrived);

  it('reads what the example gives', () => {
    const expected = 'refused' in example.gives ? example.gives.refused.toSorted() : example.gives;
    if (read instanceof Refused) expect(read.problems.map(({ path }) => path).sort()).toEqual(expected);
    else expect(read).toEqual({ alerts: [], changes: [], ...expected });
  });

  it('answers as the example says', () => {
    const reply = replyTo(source, read);
    if (reply) expect(reply).toMatchObject(example.reply);
    else expect(example.reply.body).toBeUndefined();
  });
});

type Places = (string | number)[];
/** Every place in a JSON value, as the keys that lead there. */
const placesIn = (value: unknown): Places[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [
        [key],
        ...placesIn(inner).map((rest) => [key, ...rest]),
      ])
    : [];

const withChange = (value: unknown, [key, ...rest]: Places, change: unknown): unknown => {
  if (key === undefined) return change;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = withChange(copy[key], rest, change);
  return copy;
};

/** An example's body with one place replaced: far likelier to get deep into a source than any JSON. */
const nearly = (source: AlertSource): fc.Arbitrary<Partial<Arrived>> =>
  fc.constantFrom(...source.examples.map(({ arrived }) => arrived)).chain((arrived) => {
    const septets = [[], ...placesIn(arrived.body)];
    return fc
      .tuple(
        fc.constantFrom(...septets),
        fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 3000 })),
      )
      .map(([place, change]) => ({ ...arrived, body: withChange(arrived.body, place, change) }));
  });

const anything = fc.record({
  path: fc.constantFrom('/v2/enqueue', '/v2/change/enqueue', ''),
  contentType: fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded'),
  query: fc.dictionary(fc.string(), fc.string()),
  body: fc.jsonValue(),
});

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

it.each(sources)('$about.name gives events or a refusal, whatever is sent', ({ source }) => {
  fc.assert(
    fc.property(fc.oneof(nearly(source), anything), (arrived) => {
      const read = readOrRefusal(source, arrived);
      const { alerts, changes } = read instanceof Refused ? { alerts: [], changes: [] } : read;
      for (const alert of alerts) {
        expect(AlertEvent.parse(alert)).toEqual(alert);
        if (alert.action === 'trigger') expect(alert.summary).not.toBe('');
        expect(bytes(alert.details)).toBeLessThanOrEqual(4096);
      }
      for (const change of changes) expect(ChangeEvent.parse(change)).toEqual(change);
    }),
    { numRuns: 500 },
  );
});
