import { describe, expect, test } from 'vitest';
import { parse } from '../../../../shared/domain/parse.ts';
import {
  addEvidence,
  arrive,
  EvidenceBody,
  requireUncarried,
} from '../../../../shared/domain/preventive/evidence/adding.ts';
import { by, evidence, finding, NOW } from '../findings.ts';

const LATER = '2026-01-06T10:05:00.000Z';
const review = { id: 'rev_1', clientId: 'cli_1' };
const adds = (body: object, held: number = 0) =>
  addEvidence(
    { review, evidence: Array.from({ length: held }, (_, place) => evidence(`evd_${place}`)) },
    parse(EvidenceBody, { title: 'What we saw', ...body }, 'body'),
    by(),
  );

const link = { type: 'link', url: 'https://graphs.example.com/d/1?from=now' };
const logs = (logGroup: object) => ({
  type: 'log-group',
  logGroup: { name: '/aws/lambda/shop', ...logGroup },
});
const file = (changes: object = {}) => ({
  ...{ type: 'file', file: { name: 'notes.txt', contentType: 'text/plain', size: 5, ...changes } },
});

describe('evidence is added', () => {
  test('a link', () => {
    expect(adds({ by: 'per_bo', ...link })).toEqual({
      ...{ kind: 'evidence', reviewId: 'rev_1', id: expect.stringMatching(/^evd_/), clientId: 'cli_1' },
      ...{ version: 1, title: 'What we saw', ...link, addedAt: NOW },
      addedBy: { kind: 'person', id: 'per_ada', name: 'Ada' },
    });
  });

  test('a log group, its times in UTC', () => {
    const given = { region: 'eu-west-1', from: '2026-01-05T10:00:00+01:00', to: '2026-01-05T09:30:00Z' };
    expect(adds(logs({ ...given, query: 'fields @message' })).logGroup).toEqual({
      ...{ name: '/aws/lambda/shop', region: 'eu-west-1', query: 'fields @message' },
      ...{ from: '2026-01-05T09:00:00.000Z', to: '2026-01-05T09:30:00.000Z' },
    });
  });

  test('a file, which is on its way', () => {
    const { id, file: kept } = adds(file());
    const key = `clients/cli_1/reviews/rev_1/${id}/file.txt`;
    expect(kept).toEqual({ name: 'notes.txt', contentType: 'text/plain', size: 5, key });
  });

  test.each([
    ['another scheme', { ...link, url: 'javascript:alert(1)' }, 'url', 'begins with http or https'],
    ['no address', { ...link, url: 'graphs' }, 'url', 'begins with http'],
    ['an address without end', { ...link, url: `https://example.com/${'x'.repeat(2000)}` }, 'url', '2000'],
    ['no name of a log group', logs({ name: 'a b' }), 'logGroup.name', 'the name of a CloudWatch log group'],
    ['no region', logs({ region: 'moon' }), 'logGroup.region', 'such as eu-west-1'],
    [
      'an end before the beginning',
      logs({ from: '2026-01-05T10:00:00Z', to: '2026-01-05T10:00:00Z' }),
      'logGroup.to',
      'must be after `from`',
    ],
    ['a query without end', logs({ query: 'x'.repeat(2001) }), 'logGroup.query', '2000'],
    ['a path in place of a name', file({ name: '../notes.txt' }), 'file.name', 'without slashes'],
    ['a path of Windows', file({ name: 'c:\\notes.txt' }), 'file.name', 'without slashes'],
    ['a name of dots', file({ name: '..' }), 'file.name', 'plain name'],
    ['a name with a break', file({ name: 'a\nb.txt' }), 'file.name', 'control characters'],
    ['a name without end', file({ name: `${'x'.repeat(197)}.txt` }), 'file.name', '200'],
    ['an empty file', file({ size: 0 }), 'file.size', '1'],
    ['a type that is not taken', file({ contentType: 'text/html' }), 'file.contentType', 'must be one of'],
    ['a metric that is no picture', { ...file(), type: 'metric' }, 'file.contentType', 'image/png'],
    ['no title', { ...link, title: ' ' }, 'title', '1'],
  ])('but not %s', (_what, body, path, message) => {
    expect(() => adds(body)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        problems: [{ path: `body.${path}`, message: expect.stringContaining(message) }],
      }),
    );
  });

  test('as long as there are not 100 pieces', () => {
    expect(adds(link, 99)).toMatchObject(link);
    expect(() => adds(link, 100)).toThrow(expect.objectContaining({ code: 'illegal-move' }));
  });
});

describe('a file arrives', () => {
  const waiting = adds(file());
  const seen = { size: 5, contentType: 'text/plain', begins: new Uint8Array(Buffer.from('hello')) };

  test('and is evidence from then on', () => {
    const after = arrive(waiting, seen, LATER);
    expect(after).toEqual({ ...waiting, version: 2, file: { ...waiting.file, arrivedAt: LATER } });
    expect(arrive(after, undefined, NOW)).toBe(after);
  });

  test.each([
    ['nothing', undefined, 'has not been uploaded'],
    [
      'another file',
      { ...seen, size: 6 },
      'it has 6 bytes instead of 5. Remove this evidence and add it again.',
    ],
  ])('but not when %s is there', (_what, there, message) => {
    expect(() => arrive(waiting, there, LATER)).toThrow(
      expect.objectContaining({ code: 'illegal-move', message: expect.stringContaining(message) }),
    );
  });

  test('but not for a link', () => {
    expect(() => arrive(adds(link), seen, LATER)).toThrow('This evidence is a link and has no file.');
  });
});

test('evidence that carries a finding is not taken away', () => {
  const carried = finding('fnd_1', { text: 'The pool was empty', evidenceIds: ['evd_1'] });
  expect(() => requireUncarried(evidence('evd_1'), [carried])).toThrow(
    expect.objectContaining({ code: 'in-use', message: expect.stringContaining('“The pool was empty”') }),
  );
  expect(requireUncarried(evidence('evd_2'), [carried])).toBeUndefined();
});
