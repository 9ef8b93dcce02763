// node .ci/count.mjs REPORT STATUS: reads Vitest's JSON report and prints how many tests passed and failed.
// A file that failed without a failed test, a run that failed without one, and a run of nothing are one failure each.
import { readFileSync } from 'node:fs';

const [, , report, status] = process.argv;
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
const broken = testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
);
const failed = numFailedTests + broken.length;
const isSilent = failed === 0 && (status !== '0' || numPassedTests === 0);
console.log(`${numPassedTests} ${failed + (isSilent ? 1 : 0)}`);
