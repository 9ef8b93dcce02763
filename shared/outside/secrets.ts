import { createHash } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { epoch, type Instant, milliseconds } from '../domain/time.ts';
import type { LinkKey, Secrets } from '../workflow/engine/ports.ts';

const KEPT_FOR = milliseconds('PT5M');
/** How often, at most, a version that nobody knows has the keys loaded again: anybody can make up a link. */
const LOOKED_AGAIN_AFTER = milliseconds('PT10S');
const LONGEST_CALL = milliseconds('PT5S');
const SHORTEST_SECRET = 16;
const SHORTEST_ADMIN_KEY = 20;

const Key = z.object({ version: z.number().int().min(1), secret: z.string().min(SHORTEST_SECRET) });
/** One key, as it is first made, or several while they are being exchanged. */
const LinkKeys = z.union([z.object({ keys: z.array(Key).min(1) }), Key]);
const AdminKey = z.string().trim().min(SHORTEST_ADMIN_KEY);

let client: SecretsManagerClient | undefined;

/** The secrets in Secrets Manager, by their ARNs; each is asked for when it is first needed. */
export const secretsManager = (arns: { linkKeys: string; adminKey: string }, now: () => Instant): Secrets => {
  const linkKeys = keptFor5Minutes(now, async () => parseLinkKeys(await read(arns.linkKeys)));
  const adminKeyHash = keptFor5Minutes(now, async () => sha256(AdminKey.parse(await read(arns.adminKey))));
  const lacks = (wanted?: number) => (keys: LinkKey[]) =>
    wanted !== undefined && !keys.some(({ version }) => version === wanted);
  return { linkKeys: (wanted) => linkKeys(lacks(wanted)), adminKeyHash: () => adminKeyHash() };
};

const read = async (arn: string): Promise<string> => {
  const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  client ??= new SecretsManagerClient({});
  const command = new GetSecretValueCommand({ SecretId: arn });
  const { SecretString } = await client.send(command, { abortSignal: AbortSignal.timeout(LONGEST_CALL) });
  if (SecretString === undefined) throw new Error(`The secret ${arn} holds no text.`);
  return SecretString;
};

/** Newest first. A secret of another shape throws without saying what it holds. */
const parseLinkKeys = (text: string): LinkKey[] => {
  const parsed = LinkKeys.safeParse(jsonOf(text));
  if (!parsed.success)
    throw new Error('The secret of the links must be { "keys": [{ "version": 1, "secret": "…" }] }.');
  const keys = 'keys' in parsed.data ? parsed.data.keys : [parsed.data];
  return keys.toSorted((one, other) => other.version - one.version);
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Loads once in 5 minutes, however many ask at a time; sooner for who finds the value outdated, but not for everybody
 * who says so. When a new load fails the old value serves on: a page with a link that an older key signed is better
 * than none.
 */
const keptFor5Minutes = <T>(
  now: () => Instant,
  load: () => Promise<T>,
): ((isOutdated?: (value: T) => boolean) => Promise<T>) => {
  let kept: { value: T; until: number } | undefined;
  let loading: Promise<T> | undefined;
  let lookedAgain = 0;
  const renew = async (): Promise<T> => {
    try {
      const value = await load();
      kept = { value, until: epoch(now()) + KEPT_FOR };
      return value;
    } catch (error) {
      if (kept) return kept.value;
      throw error;
    } finally {
      loading = undefined;
    }
  };
  const serves = (
    { value, until }: { value: T; until: number },
    isOutdated: (value: T) => boolean,
  ): boolean => {
    const at = epoch(now());
    if (at >= until) return false;
    if (!isOutdated(value) || at < lookedAgain + LOOKED_AGAIN_AFTER) return true;
    lookedAgain = at;
    return false;
  };
  return async (isOutdated = () => false) => {
    if (kept && serves(kept, isOutdated)) return kept.value;
    loading ??= renew();
    return loading;
  };
};
