import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readKept, takeFolder, writeKept } from '../../infra/local/folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'firebreak-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the data folder', () => {
  test('is made, for its owner alone', () => {
    const folder = takeFolder(join(parent, 'deep', 'data'));
    expect(modeOf(folder.path)).toBe('700');
    expect(modeOf(join(folder.path, 'lock'))).toBe('600');
    folder.release();
  });

  test('belongs to one at a time', () => {
    const first = takeFolder(parent);
    expect(() => takeFolder(parent)).toThrow(/Another Firebreak is running on .*set FIREBREAK_DATA/);
    first.release();
    takeFolder(parent).release();
  });

  test('that cannot be made is refused with what to do', () => {
    writeFileSync(join(parent, 'file'), '');
    expect(() => takeFolder(join(parent, 'file', 'data'))).toThrow(/set FIREBREAK_DATA to a folder/);
  });
});

describe('a small file of the folder', () => {
  const StoredView = z.object({ offset: z.number() });

  test('is read as it was written, by its owner alone', () => {
    const file = join(parent, 'kept.json');
    expect(readKept(file, StoredView)).toBeUndefined();
    writeKept(file, { offset: 1 });
    writeKept(file, { offset: 2 });
    expect(readKept(file, StoredView)).toEqual({ offset: 2 });
    expect(modeOf(file)).toBe('600');
  });

  test.for(['{"offset":"1"}', '{"off', ''])('that says %s is refused and left as it is', (text) => {
    const file = join(parent, 'kept.json');
    writeFileSync(file, text);
    expect(() => readKept(file, StoredView)).toThrow(/Restore the file, or remove it/);
    expect(statSync(file).size).toBe(text.length);
  });
});
