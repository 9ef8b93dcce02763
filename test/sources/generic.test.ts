import { describe, expect, it } from 'vitest';
import { Refused } from '../../shared/domain/refused.ts';
import { generic } from '../../shared/sources/generic.ts';
import type { Arrived } from '../../shared/sources/source.ts';

const invocation = { now: '2026-01-05T09:00:00.000Z', id: '01KE6ZQ0000000000000000000' };
const read = (body: unknown, change: Partial<Arrived> = {}) =>
  generic.read({ path: '', contentType: 'text/plain', query: {}, body, ...change }, invocation).alerts[0];
const form = (body: string, query: Record<string, string> = {}) =>
  read(body, { contentType: 'application/x-www-form-urlencoded', query });
const faults = (body: unknown): string[] => {
  try {
    read(body);
  } catch (error) {
    if (error instanceof Refused) return error.problems.map((problem) => problem.path);
    throw error;
  }
  return [];
};

it('takes plain words, which curl -d calls a form, as the summary', () => {
  expect(form('The nightly export failed')).toMatchObject({ summary: 'The nightly export failed' });
});

it.each([
  [{}, 'sev2', 'error'],
  [{ severity: 'critical' }, 'sev1', 'critical'],
  [{ severity: 'warning' }, 'sev3', 'warning'],
  [{ severity: 'info' }, 'sev4', 'info'],
  [{ severity: 'sev4' }, 'sev4', 'sev4'],
])('with %j is %s', (change, severity, sourceSeverity) => {
  expect(read({ summary: 'x', ...change })).toMatchObject({ severity, sourceSeverity });
});

describe('without a dedupKey', () => {
  it('is named by the exact summary and origin', () => {
    const key = (body: object) => read(body)?.dedupKey;
    const own = key({ summary: 'Disk 1', origin: 'a' });
    expect(own).toMatch(/^auto:1:[0-9A-Z]{16}$/);
    expect(key({ summary: 'Disk 1', origin: 'a', severity: 'info', action: 'resolve' })).toBe(own);
    expect(key({ summary: 'Disk 2', origin: 'a' })).not.toBe(own);
    expect(key({ summary: 'Disk 1', origin: 'b' })).not.toBe(own);
    expect(key({ summary: 'Disk 1' })).not.toBe(own);
  });

  it.each(['acknowledge', 'resolve'])('cannot %s without a summary', (action) => {
    expect(faults({ action })).toEqual(['body.summary']);
    expect(faults({ action, dedupKey: 'x' })).toEqual([]);
  });
});

it.each([[{}], [''], ['  \n '], [{ summary: '' }], [{ summary: '\n' }], [{ dedupKey: 'x' }]])(
  'a trigger without a summary (%j) is refused',
  (body) => expect(faults(body)).toEqual(['body.summary']),
);

it('refuses what it does not know and what is too long, by name', () => {
  const long = { summary: 'x'.repeat(1025), dedupKey: 'x'.repeat(513), sumary: 'x' };
  expect(faults(long).sort()).toEqual(['body.dedupKey', 'body.sumary', 'body.summary']);
});

describe('a text', () => {
  it('is cut in the summary and whole in the details', () => {
    const text = `\n${'x'.repeat(2000)}\n`;
    const alert = read(text);
    expect(alert?.summary).toHaveLength(1024);
    expect(alert?.details).toEqual({ text });
  });

  it('of one line has no details', () => expect(read('Backup failed')).not.toHaveProperty('details'));

  it('takes the other fields from the query string', () => {
    const query = { severity: 'info', origin: 'shop-1', links: 'https://example.com/' };
    expect(read('Backup failed', { query })).toMatchObject({
      ...{ summary: 'Backup failed', severity: 'sev4', origin: 'shop-1' },
      links: [{ href: 'https://example.com/' }],
    });
  });
});

describe('a form', () => {
  it('may repeat its links and hold details as text', () => {
    const body = 'summary=a&links=https://a.example.com/&links=https://b.example.com/&details=more';
    expect(form(body)).toMatchObject({
      links: [{ href: 'https://a.example.com/' }, { href: 'https://b.example.com/' }],
      details: { text: 'more' },
    });
  });

  it('goes before the query string', () => {
    expect(form('summary=a', { summary: 'b', severity: 'info' })).toMatchObject({
      ...{ summary: 'a', severity: 'sev4' },
    });
  });
});
