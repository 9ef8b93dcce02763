import { expect, it } from 'vitest';
import { cloudwatch, integrationNamedIn } from '../../shared/sources/cloudwatch.ts';

const invocation = { now: '2026-01-05T09:00:00.000Z', id: '01KE6ZQ0000000000000000000' };
const ARN = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:Shop';
const message = (change: object = {}) => ({
  AlarmName: 'Shop',
  AlarmArn: ARN,
  NewStateValue: 'ALARM',
  ...change,
});
const read = (change: object) =>
  cloudwatch.read({ path: '', contentType: '', query: {}, body: message(change) }, invocation).alerts[0];

it.each([
  [null, 'sev2', undefined],
  ['Slow', 'sev2', undefined],
  ['Slow [sev1]', 'sev1', 'sev1'],
  ['[SEV4] Slow', 'sev4', 'SEV4'],
  ['Slow [sev9]', 'sev2', undefined],
])('an alarm described as %j is %s', (AlarmDescription, severity, sourceSeverity) => {
  const alert = read({ AlarmDescription });
  expect([alert?.severity, alert?.sourceSeverity]).toEqual([severity, sourceSeverity]);
});

it.each([
  [{ AlarmDescription: 'Slow [sev1] firebreak:int_1', NewStateReason: 'R' }, 'Shop: Slow'],
  [{ AlarmDescription: ' [sev1] ', NewStateReason: 'R' }, 'Shop: R'],
  [{}, 'Shop'],
  [{ NewStateReason: 'x'.repeat(5000) }, expect.stringMatching(/^Shop: x{1017}…$/)],
])('the summary of %j is %s', (change, summary) => expect(read(change)?.summary).toEqual(summary));

it.each([
  ['ALARM', 'trigger'],
  ['OK', 'resolve'],
])('%s means %s', (NewStateValue, action) =>
  expect(read({ NewStateValue })).toMatchObject({ action, dedupKey: ARN }),
);

it.each([
  [{ AlarmDescription: 'x firebreak:int_01ABC y' }, 'int_01ABC'],
  [{ AlarmDescription: 'firebreak:svc_1' }, undefined],
  [{ AlarmDescription: 'notfirebreak:int_1' }, undefined],
  [{}, undefined],
])('%j names the integration %s', (change, id) => expect(integrationNamedIn(message(change))).toBe(id));

it('links to the console only where it knows the console', () => {
  expect(read({})?.links).toHaveLength(1);
  expect(read({ AlarmArn: ARN.replace('aws', 'aws-us-gov') })).not.toHaveProperty('links');
});
