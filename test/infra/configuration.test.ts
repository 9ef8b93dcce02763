import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configure, readConfiguration } from '../../infra/configuration.ts';

const folderWith = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-configuration-'));
  writeFileSync(join(folder, 'firebreak.json'), text);
  return folder;
};
const emptyFolder = () => mkdtempSync(join(tmpdir(), 'firebreak-configuration-'));

test('nothing needs to be configured', () => {
  expect(configure({})).toEqual({
    name: 'firebreak',
    sms: { spendAlarm: 25 },
    logRetentionDays: 90,
    eventsPerMinute: 6000,
    alarmTopics: [],
    keepData: true,
  });
});

test('the file goes before the context, and the context before the defaults', () => {
  expect(readConfiguration({ name: 'from-context' }, folderWith('{"name":"from-file"}')).name).toBe(
    'from-file',
  );
  expect(readConfiguration({ name: 'from-context' }, emptyFolder()).name).toBe('from-context');
  expect(readConfiguration('{"name":"from-command-line"}', emptyFolder()).name).toBe('from-command-line');
  expect(readConfiguration(undefined, emptyFolder()).name).toBe('firebreak');
});

test('a file that is not JSON says so', () => {
  expect(() => readConfiguration({}, folderWith('{name:'))).toThrow(/^firebreak\.json is not JSON/);
});

test('every field at fault is named at once', () => {
  const faults = { emailFrom: 'nobody', sms: { twoWayNumber: '555' }, logRetentionDays: 42, pager: true };
  for (const field of ['emailFrom', 'sms.twoWayNumber', 'logRetentionDays', 'pager', 'firebreak.json'])
    expect(() => configure(faults)).toThrow(field);
});

describe('is refused', () => {
  test.each([
    ['a name that a function cannot carry', { name: 'Fire_break' }],
    ['a public address without encryption', { publicUrl: 'http://firebreak.example.com' }],
    ['a public address with a slash at its end', { publicUrl: 'https://firebreak.example.com/' }],
    ['a fallback contact without its channel', { fallbackContact: 'lead@example.com' }],
    ['an account that is none', { account: '1234' }],
    ['a topic by its name', { alarmTopics: ['monitoring'] }],
  ])('%s', (_case, given) => {
    expect(() => configure(given)).toThrow(`  ${Object.keys(given)[0]}`);
  });
});
