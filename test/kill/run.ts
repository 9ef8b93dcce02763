/**
 * `npm run test:kill [kills] [seed]`: kills Firebreak 100 times under load, unless told otherwise, and fails when
 * anything that it had accepted is lost. The same seed draws the same moments, weapons and events.
 */
import { type Ordeal, runOrdeal } from './ordeal.ts';

const MOST_SHOWN = 10;
const LONGEST_SEED = 1_000_000;

const [, , killsArgument, seedArgument] = process.argv;
const kills = Number(killsArgument ?? process.env.KILLS ?? 100);
const seed = Number(seedArgument ?? process.env.SEED ?? 1 + Math.floor(Math.random() * LONGEST_SEED));
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run test:kill -- [kills, 1 or more] [seed, a whole number]');
  process.exit(2);
}

const told = ({ load, victim, evidence, repeats }: Ordeal): string => {
  const by = Map.groupBy(victim.kills, ({ weapon }) => weapon);
  const weapons = [...by].map(([weapon, all]) => `${all.length} ${weapon}`).join(', ');
  const early = victim.kills.filter((kill) => kill.early).length;
  const starts = victim.starts.toSorted((one, other) => one - other);
  const { accepted, unanswered, unavailable } = load.counts;
  const pages = [...evidence.pages.values()].flat().length;
  return [
    `${victim.kills.length} kills (${weapons}; ${early} before it was ready), seed ${seed}`,
    `${accepted} events accepted, ${unanswered} never answered and ${unavailable} answered 503, all sent again`,
    `${evidence.alerts.length} alerts, ${evidence.incidents.length} incidents, ${pages} pages, ${evidence.messages.length} messages, ${repeats} of them again after a kill`,
    `started again in ${starts[Math.floor(starts.length / 2)]} ms (median), ${starts.at(-1)} ms (slowest)`,
  ].join('\n');
};

console.log(`Killing Firebreak ${kills} times, seed ${seed}.`);
const begun = Date.now();
const ordeal = await runOrdeal({ kills, seed });
console.log(told(ordeal));
for (const { promise, broken } of ordeal.checks) {
  console.log(`${broken.length === 0 ? 'kept  ' : 'BROKEN'}  ${promise}`);
  for (const one of broken.slice(0, MOST_SHOWN)) console.log(`        ${one}`);
  if (broken.length > MOST_SHOWN) console.log(`        and ${broken.length - MOST_SHOWN} more`);
}
const failed = ordeal.checks.filter(({ broken }) => broken.length > 0).length;
console.log(`${Math.round((Date.now() - begun) / 1000)} s`);
console.log(`${ordeal.checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
