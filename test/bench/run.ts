/**
 * `npm run bench`: measures speed and cost on this machine and prints one JSON object. Ratios compare with the bare
 * engine in the same run: the same requests, by the same SDK, with as many callers.
 */
import { measureCosts } from './costs.ts';
import { measureImports } from './imports.ts';
import { measureLatency } from './latency.ts';
import { measureThroughput } from './throughput.ts';

const quick = process.argv.includes('--quick');

const report = {
  at: new Date().toISOString(),
  node: process.version,
  ...(await measureThroughput(quick ? 300 : 2000)),
  latency: await measureLatency(quick ? 5 : 30),
  bundles: await measureImports(quick ? 5 : 15),
  costs: await measureCosts(quick ? [100, 1000] : [1000, 100_000]),
};

process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
