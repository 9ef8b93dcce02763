import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Administrator, administratorAt, messagesOf, pass } from '../support/administrator.ts';
import { killEngine } from '../support/firebreak-process.ts';
import { FIRST, integrate, makeTeam, SECOND } from '../support/team.ts';
import { chanceFrom } from './chance.ts';
import { type Evidence, gather } from './evidence.ts';
import { type Load, startLoad } from './load.ts';
import { type Check, judge, keysSentTo, repeatsIn, unpaged } from './verdict.ts';
import { raiseVictim, type Victim } from './victim.ts';

/** Nobody is escalated to while the load runs, and everybody is when the clock is pushed this far. */
const STEP = 'PT2H';
const PUSH_MINUTES = 180;
const MINUTE = 60_000;
/** One key takes so many events a minute and no more. */
const KEYS = 4;
/** Of ten kills, one falls while the clock is pushed and timers fire. */
const KILLS_PER_PUSH = 10;
/** Events that a life accepts before it is killed, at most about so many. */
const BUSIEST = 40;

export interface Ordeal {
  checks: Check[];
  load: Load;
  victim: Pick<Victim, 'kills' | 'starts'>;
  evidence: Evidence;
  /** Messages beyond the first of their page. */
  repeats: number;
}

/** Kills Firebreak under load, again and again, and holds what is left against what it had accepted. */
export const runOrdeal = async ({ kills, seed }: { kills: number; seed: number }): Promise<Ordeal> => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-kill-'));
  const victim = raiseVictim(folder, chanceFrom(seed));
  try {
    return await through(victim, { kills, seed });
  } finally {
    await victim.stop();
    killEngine(folder);
    rmSync(folder, { recursive: true, force: true });
  }
};

const through = async (victim: Victim, { kills, seed }: { kills: number; seed: number }): Promise<Ordeal> => {
  const administrator = administratorAt(victim.url);
  const team = await makeTeam(administrator, STEP);
  const keys = Array.from({ length: KEYS }, () => integrate(administrator, team.serviceId, 'pagerduty'));
  const routingKeys = (await Promise.all(keys)).map(({ key }) => key);
  const load = startLoad({ url: victim.url, routingKeys, chance: chanceFrom(seed + 1) });
  const moments = chanceFrom(seed + 2);
  const busy = (): Promise<void> => load.accepts(moments.between(0, BUSIEST));
  const late = Math.ceil(kills / KILLS_PER_PUSH);
  for (let done = 0; done < kills - late; done += 1) await victim.killOnce(busy);
  await load.finish();
  await pass(administrator, 'PT0S');
  const before = await messagesOf(administrator);
  const killedAt = victim.kills.map(({ at }) => at);
  await pushThrough(victim, administrator, late);
  const evidence = await gather(administrator);
  const checks = [
    ...judge({ stories: load.stories, evidence, team, killedAt, killsLater: late }),
    { promise: 'once it is ready again, no page waits', broken: unpaged(load.stories, before, FIRST) },
    { promise: 'nobody was escalated to before the time', broken: [...keysSentTo(before, SECOND)] },
    { promise: 'it starts again, and never ends by itself', broken: victim.faults },
    { promise: 'no event was answered with anything but 202 and 503', broken: load.faults },
  ];
  return { checks, load, victim, evidence, repeats: repeatsIn(evidence) };
};

/** Pushes the clock past the first step's end, killing meanwhile, until it stands there and all is done. */
const pushThrough = async (victim: Victim, administrator: Administrator, kills: number): Promise<void> => {
  const target = Date.parse(await pass(administrator, 'PT0S')) + PUSH_MINUTES * MINUTE;
  const killing = (async () => {
    for (let done = 0; done < kills; done += 1) await victim.killOnce();
  })();
  for (;;) {
    const now = await tried(() => pass(administrator, 'PT0S'));
    const left = now === undefined ? undefined : Math.ceil((target - Date.parse(now)) / 1000);
    if (left !== undefined && left <= 0) break;
    if (left !== undefined) await tried(() => pass(administrator, `PT${left}S`));
    else await wait(20);
  }
  await killing;
  await victim.url();
  await pass(administrator, 'PT0S');
};

/** The answer, or undefined when there was none: whoever was asked had been killed. */
const tried = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch {
    return undefined;
  }
};
