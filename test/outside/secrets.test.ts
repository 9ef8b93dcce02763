import { createHash } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { after as later } from '../../shared/domain/time.ts';
import { secretsManager } from '../../shared/outside/secrets.ts';

const manager = mockClient(SecretsManagerClient);
const FIRST = 'a secret long enough';
const SECOND = 'another secret long enough';
let now: string;
beforeEach(() => {
  manager.reset();
  now = '2026-01-05T03:00:00.000Z';
});

const secrets = () => secretsManager({ linkKeys: 'arn:links', adminKey: 'arn:admin' }, () => now);
const holds = (value: unknown) =>
  manager
    .on(GetSecretValueCommand, { SecretId: 'arn:links' })
    .resolves({ SecretString: typeof value === 'string' ? value : JSON.stringify(value) });
const asked = () => manager.commandCalls(GetSecretValueCommand).length;

describe('the keys of the links', () => {
  it('may be one, as it is first made', async () => {
    holds({ version: 1, secret: FIRST });
    expect(await secrets().linkKeys()).toEqual([{ version: 1, secret: FIRST }]);
  });

  it('may be several, and come newest first', async () => {
    const [one, two] = [
      { version: 1, secret: FIRST },
      { version: 2, secret: SECOND },
    ];
    holds({ keys: [one, two] });
    expect(await secrets().linkKeys()).toEqual([two, one]);
  });

  it.each([
    ['no JSON', FIRST],
    ['no key', { keys: [] }],
    ['a key that is too short', { version: 1, secret: 'short' }],
    ['a key without a version', { secret: FIRST }],
  ])('are refused when the secret holds %s, without saying what it holds', async (_, value) => {
    holds(value);
    const error = await secrets()
      .linkKeys()
      .catch((caught: unknown) => caught);
    expect(String(error)).toContain('must be {');
    expect(String(error)).not.toMatch(/long enough|short/);
  });

  it('are asked for once in 5 minutes, however many want them', async () => {
    holds({ version: 1, secret: FIRST });
    const desk = secrets();
    await Promise.all([desk.linkKeys(), desk.linkKeys()]);
    now = later(now, 'PT4M59S');
    await desk.linkKeys();
    expect(asked()).toBe(1);
    now = later(now, 'PT1S');
    holds({ version: 2, secret: SECOND });
    expect((await desk.linkKeys())[0]?.version).toBe(2);
    expect(asked()).toBe(2);
  });

  it('serve on when new ones cannot be had, and are asked for again', async () => {
    holds({ version: 1, secret: FIRST });
    const desk = secrets();
    await desk.linkKeys();
    now = later(now, 'PT10M');
    manager.on(GetSecretValueCommand).rejects(new Error('down'));
    expect((await desk.linkKeys())[0]?.version).toBe(1);
    holds({ version: 2, secret: SECOND });
    expect((await desk.linkKeys())[0]?.version).toBe(2);
  });

  it('are loaded again for a link of a newer one, but not for everybody who makes up a link', async () => {
    holds({ version: 1, secret: FIRST });
    const desk = secrets();
    await desk.linkKeys(1);
    holds({
      keys: [
        { version: 2, secret: SECOND },
        { version: 1, secret: FIRST },
      ],
    });
    expect(await desk.linkKeys(1)).toHaveLength(1);
    expect(await desk.linkKeys(2)).toHaveLength(2);
    expect(asked()).toBe(2);
    for (let version = 3; version < 30; version += 1) await desk.linkKeys(version);
    expect(asked()).toBe(2);
    now = later(now, 'PT10S');
    await Promise.all([desk.linkKeys(3), desk.linkKeys(4)]);
    expect(asked()).toBe(3);
  });

  it('are not made up when none were ever had, and a failure is not kept', async () => {
    manager.on(GetSecretValueCommand).rejects(new Error('down'));
    const desk = secrets();
    await expect(desk.linkKeys()).rejects.toThrow('down');
    holds({ version: 1, secret: FIRST });
    expect(await desk.linkKeys()).toHaveLength(1);
  });
});

describe('the administrator key', () => {
  const holdsKey = (text: string | undefined) =>
    manager
      .on(GetSecretValueCommand, { SecretId: 'arn:admin' })
      .resolves(text === undefined ? {} : { SecretString: text });

  it('is known by its SHA-256 only, without the line break that a paste leaves', async () => {
    const key = 'fbk_0123456789abcdef';
    holdsKey(`${key}\n`);
    expect(await secrets().adminKeyHash()).toBe(createHash('sha256').update(key).digest('hex'));
  });

  it.each([undefined, '', 'short'])('is refused when it is %j: it would open everything', async (text) => {
    holdsKey(text);
    await expect(secrets().adminKeyHash()).rejects.toThrow();
  });
});
