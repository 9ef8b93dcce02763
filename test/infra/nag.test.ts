import { readFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, expect, test } from 'vitest';
import { EVERYTHING, stackOf } from './template.ts';

/** The findings that nobody has acknowledged. */
const findingsIn = (given: unknown): string[] => {
  const { app } = stackOf(given);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  try {
    app.synth();
    return [];
  } catch (error) {
    const report = /\S+validation-report\.json/.exec(String(error))?.[0];
    if (!report) throw error;
    const { pluginReports } = JSON.parse(readFileSync(report, 'utf8'));
    return pluginReports.flatMap(({ violations }: { violations: { ruleName: string }[] }) =>
      violations.map(({ ruleName }) => ruleName),
    );
  }
};

afterEach(() => {
  process.exitCode = undefined;
});

test.each([
  ['with every choice made', EVERYTHING],
  ['with none', {}],
  ['in a known account', { account: '123456789012', region: 'eu-west-1', emailFrom: 'pages@example.com' }],
])('AwsSolutions finds nothing that was not thought about: %s', (_case, given) => {
  expect(findingsIn(given)).toEqual([]);
});
