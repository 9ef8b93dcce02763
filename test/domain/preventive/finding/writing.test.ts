import { describe, expect, test } from 'vitest';
import { type Context, requireRemovable } from '../../../../shared/domain/preventive/finding/writing.ts';
import type { Cause } from '../../../../shared/domain/preventive/recurrence/cause.ts';
import { PREVENTIVE_SAMPLES } from '../../../store/preventive-samples.ts';
import { ada, adds, bo, changes, evidence, finding } from '../findings.ts';

const known: Cause = { ...PREVENTIVE_SAMPLES.cause, id: 'cau_old', type: 'capacity' };
const pool = finding('fnd_pool', { text: 'The pool was empty' });
const leak = finding('fnd_leak', { text: 'A leak', answers: ['fnd_pool'] });
const bone = finding('fnd_bone', { text: 'A bone', technique: 'fishbone', category: 'people' });
const root = finding('fnd_root', { text: 'Nobody knew', cause: { id: 'cau_root', type: 'knowledge' } });
const waiting = evidence('evd_waiting', {
  file: { name: 'a.png', contentType: 'image/png', size: 1, key: 'k' },
});
const beside = { findings: [pool, leak, bone, root], evidence: [waiting] };
const why = { answers: ['problem'] };

const refusal = (path: string, message: string) =>
  expect.objectContaining({
    code: 'invalid',
    problems: [{ path, message: expect.stringContaining(message) }],
  });

test.each([
  ['a why that answers nothing', {}, 'answers', 'must name what it answers'],
  [
    'a why that answers what is not there',
    { answers: ['problem', 'fnd_x'] },
    'answers[1]',
    'no finding fnd_x',
  ],
  ['one that answers another technique', { answers: ['fnd_bone'] }, 'answers[0]', 'technique (fishbone)'],
  [
    'one that answers a cause',
    { answers: ['fnd_root'] },
    'answers[0]',
    '“Nobody knew” is a cause: remove that',
  ],
  ['a first bone without a category', { ...why, technique: 'fishbone' }, 'category', 'is required'],
  [
    'a second bone with a category',
    { technique: 'fishbone', answers: ['fnd_bone'], category: 'people' },
    'category',
    'is only for what answers the problem',
  ],
  ['a why with a category', { ...why, category: 'people' }, 'category', 'is only for'],
  ['a why with a gate', { ...why, gate: 'or' }, 'gate', 'is only for a fault tree'],
  ['a why with a time', { ...why, at: '2026-01-05T09:00:00Z' }, 'at', 'is only for a timeline'],
  ['a moment without a time', { technique: 'timeline' }, 'at', 'is required on a timeline'],
  ['evidence that is not there', { ...why, evidenceIds: ['evd_x'] }, 'evidenceIds[0]', 'no evidence evd_x'],
  [
    'a file on its way',
    { ...why, evidenceIds: ['evd_waiting'] },
    'evidenceIds[0]',
    'has not been uploaded yet',
  ],
  ['a cause of no kind', { ...why, cause: {} }, 'cause.type', 'is required'],
  ['a cause that is not known', { ...why, cause: { sameAs: 'cau_x' } }, 'cause.sameAs', 'no cause cau_x'],
])('%s is refused with the reason', (_what, fields, path, message) => {
  expect(() => adds(fields, beside)).toThrow(refusal(`body.${path}`, message));
});

test('all that does not fit is said at once', () => {
  const wrong = { answers: [], gate: 'and', evidenceIds: ['evd_x'] };
  expect(() => adds(wrong, beside)).toThrow(
    expect.objectContaining({
      problems: ['body.answers', 'body.gate', 'body.evidenceIds[0]'].map((path) =>
        expect.objectContaining({ path }),
      ),
    }),
  );
});

describe('a finding that fits', () => {
  test.each<[string, object, object]>([
    [
      'a why may branch and join',
      { answers: ['fnd_pool', 'fnd_leak', 'fnd_pool'] },
      { technique: 'five-whys' },
    ],
    [
      'a first bone has a category',
      { ...why, technique: 'fishbone', category: 'people' },
      { category: 'people' },
    ],
    ['a second bone has none', { technique: 'fishbone', answers: ['fnd_bone'] }, { technique: 'fishbone' }],
    ['an event may have a gate', { ...why, technique: 'fault-tree', gate: 'or' }, { gate: 'or' }],
    [
      'a moment answers nothing',
      { technique: 'timeline', at: '2026-01-05T10:00:00+01:00' },
      { answers: [], at: '2026-01-05T09:00:00.000Z' },
    ],
  ])('%s', (_what, fields, said) => {
    expect(adds(fields, beside)).toMatchObject({ version: 1, writtenBy: ada, reviewId: 'rev_1', ...said });
  });

  test('answers each finding once', () => {
    expect(adds({ answers: ['fnd_pool', 'fnd_pool'] }, beside).answers).toEqual(['fnd_pool']);
  });

  test('a cause is its own, by the id of its finding', () => {
    const { id, cause } = adds({ ...why, cause: { type: 'defect' } });
    expect(cause).toEqual({ id: `cau_${id.slice(4)}`, type: 'defect' });
  });

  test('a cause that is known from before keeps its id and its kind', () => {
    const same = { ...why, cause: { sameAs: 'cau_old' } };
    expect(adds(same, { known }).cause).toEqual({ id: 'cau_old', type: 'capacity' });
    expect(() => adds({ ...why, cause: { sameAs: 'cau_old', type: 'defect' } }, { known })).toThrow(
      refusal('body.cause.type', 'is capacity for this cause'),
    );
  });

  test('a review in free text wants to hear of which technique', () => {
    const free: Partial<Context> = { review: { ...PREVENTIVE_SAMPLES.review, technique: 'free-text' } };
    expect(() => adds(why, free)).toThrow(refusal('body.technique', 'is required'));
    expect(adds({ ...why, technique: 'fault-tree' }, free).technique).toBe('fault-tree');
  });

  test('200 are as many as a review holds', () => {
    const many = Array.from({ length: 199 }, (_, place) => finding(`fnd_${place}`));
    expect(adds(why, { findings: many })).toMatchObject({ answers: ['problem'] });
    expect(() => adds(why, { findings: [...many, pool] })).toThrow(
      expect.objectContaining({ code: 'illegal-move', message: 'A review can have at most 200 findings.' }),
    );
  });
});

describe('a change', () => {
  test.each<[string, object, string, string]>([
    ['to answer itself', { answers: ['fnd_pool'] }, 'answers[0]', 'a finding cannot answer itself'],
    [
      'that goes in a circle',
      { text: 'No connections', answers: ['problem', 'fnd_leak'] },
      'answers[1]',
      'goes in a circle: “No connections” answers “A leak”, which answers “No connections”',
    ],
    [
      'to a cause that something answers',
      { ...why, cause: { type: 'defect' } },
      'cause',
      '“A leak” answers this finding',
    ],
    [
      'of the technique below others',
      { ...why, technique: 'fault-tree' },
      'technique',
      '“A leak” answers this finding, by another technique',
    ],
  ])('%s is refused with the reason', (_what, fields, path, message) => {
    expect(() => changes(pool, fields, { ...beside, ifMatch: 1 })).toThrow(refusal(`body.${path}`, message));
  });

  test('that changes nothing gives what was there, whatever was read', () => {
    expect(changes(leak, { answers: ['fnd_pool'], technique: 'five-whys' }, { ...beside, ifMatch: 9 })).toBe(
      leak,
    );
  });

  test('takes back what it does not say any more', () => {
    const after = changes(root, why, { ...beside, ifMatch: 1 });
    expect(after).not.toHaveProperty('cause');
    expect(after).toMatchObject({ version: 2, writtenBy: ada, createdAt: root.createdAt });
  });

  test('of what somebody else wrote needs to have read it', () => {
    const change = () => changes(pool, { ...why, text: 'Other' }, beside);
    expect(change).toThrow(
      expect.objectContaining({ code: 'stale', message: expect.stringContaining('Bo') }),
    );
  });
});

describe('taking a finding away', () => {
  test('that others answer is refused, naming them', () => {
    expect(() => requireRemovable(pool, { ...beside, actor: ada, ifMatch: undefined })).toThrow(
      expect.objectContaining({ code: 'in-use', message: expect.stringContaining('“A leak”') }),
    );
  });

  test('that nothing answers goes', () => {
    expect(requireRemovable(leak, { ...beside, actor: ada, ifMatch: undefined })).toBeUndefined();
  });

  test('in another version than was seen is refused', () => {
    expect(() => requireRemovable(leak, { ...beside, actor: bo, ifMatch: 7 })).toThrow(
      expect.objectContaining({ code: 'stale' }),
    );
  });
});
