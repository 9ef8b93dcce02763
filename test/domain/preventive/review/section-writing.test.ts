import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../../shared/domain/outbox/actor.ts';
import type { ReviewSection, SectionName } from '../../../../shared/domain/preventive/review/section.ts';
import { SectionBody, write } from '../../../../shared/domain/preventive/review/section-writing.ts';

const NOW = '2026-01-06T10:00:00.000Z';
const ada: Actor = { kind: 'person', id: 'per_ada', name: 'Ada' };
const bo: Actor = { kind: 'person', id: 'per_bo', name: 'Bo' };

const written = (changes: Partial<ReviewSection> = {}): ReviewSection => ({
  ...{ kind: 'review-section', reviewId: 'rev_1', name: 'impact', clientId: 'cli_1', version: 3 },
  ...{ text: 'Nobody could pay.', writtenBy: bo, updatedAt: '2026-01-05T09:30:00.000Z', ...changes },
});

interface Case {
  name?: SectionName;
  before?: ReviewSection | undefined;
  body?: SectionBody;
  ifMatch?: number;
}

/** Ada writes. */
const writes = ({ name = 'impact', before, body = { text: 'Half of the orders failed.' }, ifMatch }: Case) =>
  write(
    { review: { id: 'rev_1', clientId: 'cli_1' }, before, name, body, ifMatch },
    { actor: ada, invocation: { now: NOW, id: '0'.repeat(26) } },
  );

describe('a section is written', () => {
  test.each<[string, Case, number]>([
    ['for the first time', {}, 1],
    ['over what was filled in by itself', { before: written({ prefilled: true, version: 1 }) }, 2],
    ['over one’s own words', { before: written({ writtenBy: ada }) }, 4],
    ['over somebody else’s, which were read', { before: written(), ifMatch: 3 }, 4],
  ])('%s', (_when, given, version) => {
    expect(writes(given)).toEqual({
      ...{ kind: 'review-section', reviewId: 'rev_1', name: 'impact', clientId: 'cli_1', version },
      ...{ text: 'Half of the orders failed.', writtenBy: ada, updatedAt: NOW },
    });
  });

  test('the same again changes nothing, whoever wrote it and whatever was read', () => {
    const before = written();
    expect(writes({ before, body: { text: before.text }, ifMatch: 1 })).toBe(before);
  });

  test('a choice that is left out is not there any more', () => {
    const before = written({ name: 'fix', choice: 'short-term', writtenBy: ada });
    expect(writes({ name: 'fix', before, body: { text: before.text } })).not.toHaveProperty('choice');
  });

  test('attributes that this version does not know stay', () => {
    expect(writes({ before: written({ writtenBy: ada, mood: 'calm' }) })).toHaveProperty('mood', 'calm');
  });
});

describe('somebody else’s words are never written over unread', () => {
  test.each<[string, Case]>([
    ['without a version', { before: written() }],
    ['with an older version', { before: written(), ifMatch: 2 }],
    ['with an older version of one’s own', { before: written({ writtenBy: ada }), ifMatch: 2 }],
    ['with an older version of what was filled in', { before: written({ prefilled: true }), ifMatch: 2 }],
  ])('%s', (_when, given) => {
    const who = given.before?.writtenBy.name;
    expect(() => writes(given)).toThrow(
      expect.objectContaining({
        code: 'stale',
        message: `Changed by ${who} at 2026-01-05 09:30 UTC. Read it again, then send If-Match: "3".`,
      }),
    );
  });

  test('a version of what is not written', () => {
    expect(() => writes({ ifMatch: 1 })).toThrow(expect.objectContaining({ code: 'stale' }));
  });

  test('a name is one line, whatever it is', () => {
    const writtenBy: Actor = { kind: 'api-key', id: 'key_1', name: 'Eve\r\n\u202eOnline' };
    expect(() => writes({ before: written({ writtenBy }) })).toThrow('Changed by Eve Online at');
  });
});

describe('refused with the reason', () => {
  test.each<[SectionName, SectionBody, string, string]>([
    ['impact', { text: '', choice: 'yes' }, 'body.choice', 'is not known in this section'],
    ['fix', { text: '', choice: 'yes' }, 'body.choice', 'must be short-term or long-term'],
    ['one-person', { text: 'No.', choice: 'maybe' }, 'body.choice', 'must be yes or no'],
    [
      ...(['one-person', { text: ' \n', choice: 'no' }] as const),
      ...(['body.text', 'must say why one person could not have handled it'] as const),
    ],
  ])('%s: %j', (name, body, path, message) => {
    expect(() => writes({ name, body })).toThrow(
      expect.objectContaining({ code: 'invalid', problems: [{ path, message }] }),
    );
  });

  test.each<[SectionName, SectionBody]>([
    ['one-person', { text: '', choice: 'yes' }],
    ['one-person', { text: 'Two systems at once.', choice: 'no' }],
    ['fix', { text: '', choice: 'long-term' }],
  ])('but not %s: %j', (name, body) => expect(writes({ name, body }).choice).toBe(body.choice));

  test('20,000 characters are enough', () => {
    expect(SectionBody.safeParse({ text: 'x'.repeat(20_000) }).success).toBe(true);
    expect(SectionBody.safeParse({ text: 'x'.repeat(20_001) }).success).toBe(false);
  });
});
