import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { epoch, type Instant, milliseconds } from '../domain/time.ts';
import type { Vault } from '../workflow/engine/ports.ts';

const REMEMBERED_FOR = milliseconds('PT1M');
const MOST_REMEMBERED = 1000;
const LONGEST_CALL = milliseconds('PT5S');

let client: SecretsManagerClient | undefined;

const load = async () => {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  client ??= new sdk.SecretsManagerClient({});
  const made = client;
  const send = ((command: Parameters<typeof made.send>[0]) =>
    made.send(command, { abortSignal: AbortSignal.timeout(LONGEST_CALL) })) as SecretsManagerClient['send'];
  return { ...sdk, send };
};

/**
 * Secrets in Secrets Manager, each under `<prefix>/<name>`; what was read is remembered for a minute. A secret that is
 * forgotten is gone at once, without the days in which it could be had back.
 */
export const secretsManagerVault = (prefix: string, now: () => Instant): Vault => {
  const remembered = new Map<string, { value: string; until: number }>();
  const remember = (name: string, value: string): void => {
    const [oldest] = remembered.size < MOST_REMEMBERED ? [] : remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.delete(name);
    remembered.set(name, { value, until: epoch(now()) + REMEMBERED_FOR });
  };
  const idOf = (name: string): string => `${prefix}/${name}`;
  return {
    keep: async (name, value) => {
      await put(idOf(name), value);
      remember(name, value);
    },
    kept: async (name) => {
      const known = remembered.get(name);
      if (known && known.until > epoch(now())) return known.value;
      const value = await read(idOf(name));
      if (value === undefined) remembered.delete(name);
      else remember(name, value);
      return value;
    },
    forget: async (name) => {
      remembered.delete(name);
      await remove(idOf(name));
    },
  };
};

/** A new secret, or a new version of the one that is there. */
const put = async (id: string, SecretString: string): Promise<void> => {
  const { send, CreateSecretCommand, PutSecretValueCommand, ResourceNotFoundException } = await load();
  try {
    await send(new PutSecretValueCommand({ SecretId: id, SecretString }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const Description = 'With which Firebreak calls an outside system. Kept by its API.';
    await send(new CreateSecretCommand({ Name: id, SecretString, Description }));
  }
};

const read = async (id: string): Promise<string | undefined> => {
  const { send, GetSecretValueCommand, ResourceNotFoundException } = await load();
  try {
    return (await send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const remove = async (id: string): Promise<void> => {
  const { send, DeleteSecretCommand, ResourceNotFoundException } = await load();
  try {
    await send(new DeleteSecretCommand({ SecretId: id, ForceDeleteWithoutRecovery: true }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    // An earlier try got through.
  }
};
