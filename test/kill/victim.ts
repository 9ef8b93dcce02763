import { setTimeout as wait } from 'node:timers/promises';
import { type FirebreakProcess, killEngine, startFirebreak } from '../support/firebreak-process.ts';
import type { Chance } from './chance.ts';

/** What is killed: the server alone, its engine right after it, or its engine while the server still answers. */
export type Weapon = 'server' | 'server-then-engine' | 'engine-then-server';

export interface Kill {
  at: number;
  weapon: Weapon;
  /** Before it was ready. */
  early: boolean;
}

export interface Victim {
  /** Where it is reached; waits while it is not ready. Rejects once it does not start again. */
  url(): Promise<string>;
  /**
   * Kills at a random moment, while it starts or once it has been `busy`, and starts it again on the same data.
   * Resolves when it was started, ready or not.
   */
  killOnce(busy?: () => Promise<void>): Promise<void>;
  kills: Kill[];
  /** What it did that nobody made it do. */
  faults: string[];
  /** How long each start took that was not cut short, in milliseconds. */
  starts: number[];
  stop(): Promise<void>;
}

const LONGEST_HESITATION = 60;

/** Firebreak on a data folder, to be killed again and again. */
export const raiseVictim = (folder: string, chance: Chance): Victim => {
  const kills: Kill[] = [];
  const starts: number[] = [];
  const faults: string[] = [];
  let isReady = false;
  const start = (): FirebreakProcess => {
    const begun = Date.now();
    isReady = false;
    const born = startFirebreak(folder);
    born.ready.then(
      () => {
        isReady = true;
        starts.push(Date.now() - begun);
      },
      () => {},
    );
    return born;
  };
  let life = start();
  const killOnce = async (busy: () => Promise<void> = async () => {}): Promise<void> => {
    if (chance.pick({ alive: 80, starting: 20 }) === 'alive') {
      await life.ready;
      await busy();
      await wait(chance.between(0, LONGEST_HESITATION));
    } else await wait(chance.between(0, starts.at(-1) ?? 0));
    if (await isGone(life)) faults.push(`It ended by itself after ${kills.length} kills.`);
    const early = !isReady;
    const weapon = chance.pick<Weapon>({ server: 60, 'server-then-engine': 25, 'engine-then-server': 15 });
    await strike(weapon, { life, folder, pause: chance.between(0, LONGEST_HESITATION) });
    kills.push({ at: Date.now(), weapon, early });
    life = start();
  };
  const url = async (): Promise<string> => {
    for (;;) {
      const current = life;
      try {
        return await current.ready;
      } catch (error) {
        // Killed before it was ready: the next life is already there, or comes at once.
        await wait(5);
        if (current === life) throw error;
      }
    }
  };
  return { url, killOnce, kills, faults, starts, stop: () => life.stop() };
};

const isGone = ({ gone }: FirebreakProcess): Promise<boolean> =>
  Promise.race([gone.then(() => true), wait(0, false)]);

const strike = async (
  weapon: Weapon,
  { life, folder, pause }: { life: FirebreakProcess; folder: string; pause: number },
): Promise<void> => {
  if (weapon === 'engine-then-server') {
    killEngine(folder);
    await wait(pause);
  }
  await life.kill();
  if (weapon === 'server-then-engine') killEngine(folder);
};
