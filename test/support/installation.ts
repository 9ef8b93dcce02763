import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Administrator, administratorAt } from './administrator.ts';
import { type FirebreakProcess, killEngine, startFirebreak } from './firebreak-process.ts';
import { makeTeam, type Team } from './team.ts';

/** Firebreak in a process of its own, with one team, for the tests of a file. */
export interface Installation {
  /** Without a trailing slash. */
  url(): string;
  team(): Team;
  administrator: Administrator;
}

const STARTS_WITHIN = 30_000;
const STEP = 'PT30M';

/** Call at the top of a test file. `environment` is asked for just before the start. */
export const installation = (
  environment: () => Promise<Record<string, string>> = async () => ({}),
): Installation => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-clients-'));
  let firebreak: FirebreakProcess | undefined;
  let address = '';
  let made: Team | undefined;
  const administrator = administratorAt(() => address);
  beforeAll(async () => {
    firebreak = startFirebreak(folder, await environment());
    address = await firebreak.ready;
    made = await makeTeam(administrator, STEP);
  }, STARTS_WITHIN);
  afterAll(async () => {
    await firebreak?.stop();
    killEngine(folder);
    rmSync(folder, { recursive: true, force: true });
  });
  const team = (): Team => {
    if (!made) throw new Error('There is a team while tests run, not before.');
    return made;
  };
  return { url: () => address, team, administrator };
};
