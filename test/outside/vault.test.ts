import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { after } from '../../shared/domain/time.ts';
import { secretsManagerVault } from '../../shared/outside/vault.ts';

const manager = mockClient(SecretsManagerClient);
const missing = new ResourceNotFoundException({ message: 'none', $metadata: {} });
const SecretId = 'firebreak/trackers/trk_1';
let now: string;
beforeEach(() => {
  manager.reset();
  now = '2026-01-05T03:00:00.000Z';
});

const vault = () => secretsManagerVault('firebreak', () => now);
const inputsOf = (command: typeof GetSecretValueCommand) =>
  manager.commandCalls(command).map(({ args }) => args[0].input);

test('a new secret is made under the name of the installation, and one that is there is replaced', async () => {
  manager.on(PutSecretValueCommand).rejectsOnce(missing).resolves({});
  await vault().keep('trackers/trk_1', 'first');
  await vault().keep('trackers/trk_1', 'second');
  const created = manager.commandCalls(CreateSecretCommand).map(({ args }) => args[0].input);
  expect(created).toMatchObject([{ Name: SecretId, SecretString: 'first' }]);
  const [, put] = manager.commandCalls(PutSecretValueCommand);
  expect(put?.args[0].input).toEqual({ SecretId, SecretString: 'second' });
});

test('what was read is remembered for a minute, and what was kept at once', async () => {
  manager.on(GetSecretValueCommand, { SecretId }).resolves({ SecretString: 'theirs' });
  const desk = vault();
  expect([await desk.kept('trackers/trk_1'), await desk.kept('trackers/trk_1')]).toEqual([
    'theirs',
    'theirs',
  ]);
  expect(inputsOf(GetSecretValueCommand)).toEqual([{ SecretId }]);
  now = after(now, 'PT1M');
  await desk.kept('trackers/trk_1');
  expect(inputsOf(GetSecretValueCommand)).toHaveLength(2);
  manager.on(PutSecretValueCommand).resolves({});
  await desk.keep('trackers/trk_1', 'ours');
  expect(await desk.kept('trackers/trk_1')).toBe('ours');
  expect(inputsOf(GetSecretValueCommand)).toHaveLength(2);
});

test('one that is not there is undefined, and is looked for again', async () => {
  manager.on(GetSecretValueCommand).rejects(missing);
  const desk = vault();
  expect(await desk.kept('trackers/trk_1')).toBeUndefined();
  manager.on(GetSecretValueCommand).resolves({ SecretString: 'theirs' });
  expect(await desk.kept('trackers/trk_1')).toBe('theirs');
});

test('what is forgotten is gone at once, and forgetting twice is forgetting once', async () => {
  manager.on(GetSecretValueCommand).resolves({ SecretString: 'theirs' });
  manager.on(DeleteSecretCommand).resolvesOnce({}).rejects(missing);
  const desk = vault();
  await desk.kept('trackers/trk_1');
  await desk.forget('trackers/trk_1');
  await desk.forget('trackers/trk_1');
  const [first] = manager.commandCalls(DeleteSecretCommand);
  expect(first?.args[0].input).toEqual({ SecretId, ForceDeleteWithoutRecovery: true });
  manager.on(GetSecretValueCommand).rejects(missing);
  expect(await desk.kept('trackers/trk_1')).toBeUndefined();
});

test('trouble that is not a missing secret is thrown', async () => {
  for (const command of [GetSecretValueCommand, PutSecretValueCommand, DeleteSecretCommand] as const)
    manager.on(command as typeof GetSecretValueCommand).rejects(new Error('throttled'));
  await expect(vault().kept('trackers/trk_1')).rejects.toThrow('throttled');
  await expect(vault().keep('trackers/trk_1', 'x')).rejects.toThrow('throttled');
  await expect(vault().forget('trackers/trk_1')).rejects.toThrow('throttled');
});
