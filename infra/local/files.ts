import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, type Instant } from '../../shared/domain/time.ts';
import type { Clock, Files, Secrets } from '../../shared/workflow/engine/ports.ts';

const HOLDS_FOR = 'PT15M';
const LOOKED_AT = 512;
/** Names as we make them: no step up, nothing hidden, and never a name that somebody brought. */
const KEY = /^clients(?:\/[\w-]+){3,6}\/[\w-]+\.[a-z\d]+$/;

/** What an address is good for: all of it is signed. */
export type Errand =
  | { method: 'PUT'; key: string; expires: Instant; type: string; size: string }
  | { method: 'GET'; key: string; expires: Instant; name: string };

/** Files in a folder of this machine, and the addresses under `/local/files/` that lead there. */
export interface LocalFiles extends Files {
  /** Whether the signature is ours, and still holds. */
  holds(errand: Errand, signature: string): Promise<boolean>;
  /** Keeps the bytes under a key, in one step. `there`: something is, and stays as it is. */
  keep(file: { key: string; contentType: string }, bytes: Uint8Array): Promise<'kept' | 'there'>;
  /** All of a file; undefined when there is none. */
  read(key: string): Promise<{ bytes: Buffer; contentType: string } | undefined>;
}

interface Parts {
  folder: string;
  /** Where this machine is reached, without a trailing slash. */
  url: string;
  clock: Pick<Clock, 'now'>;
  secrets: Pick<Secrets, 'linkKeys'>;
}

/** What S3 is on AWS: `folder`/files, with the type of each file in a small file beside it. */
export const openFiles = ({ folder, url, clock, secrets }: Parts): LocalFiles => {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error('Invalid file name.');
    return join(folder, 'files', key);
  };
  const address = async (errand: Errand): Promise<string> => {
    const { method: _, key, ...signed } = errand;
    const signature = (await signaturesOf(errand, secrets))[0] ?? '';
    return `${url}/local/files/${key}?${new URLSearchParams({ ...signed, signature })}`;
  };
  return {
    uploadAddress: async ({ key, contentType, size }) => {
      const expires = after(clock.now(), HOLDS_FOR);
      const headers = { 'content-type': contentType, 'content-length': String(size), 'if-none-match': '*' };
      const errand = { method: 'PUT' as const, key, expires, type: contentType, size: String(size) };
      return { url: await address(errand), headers, expiresAt: expires };
    },
    downloadAddress: async ({ key, name }) => {
      const expires = after(clock.now(), HOLDS_FOR);
      return { url: await address({ method: 'GET', key, expires, name }), expiresAt: expires };
    },
    look: async (key) => look(pathOf(key)),
    holds: async (errand, signature) =>
      KEY.test(errand.key) &&
      errand.expires > clock.now() &&
      (await signaturesOf(errand, secrets)).some((ours) => isEqual(ours, signature)),
    keep: async ({ key, contentType }, bytes) => keep(pathOf(key), contentType, bytes),
    read: async (key) => read(pathOf(key)),
  };
};

/** By each key that this machine has, the newest first. */
const signaturesOf = async (errand: Errand, secrets: Parts['secrets']): Promise<string[]> => {
  const signed = JSON.stringify(['file', ...Object.entries(errand).toSorted()]);
  return (await secrets.linkKeys()).map(({ secret }) =>
    createHmac('sha256', secret).update(signed).digest('base64url'),
  );
};

const isEqual = (one: string, other: string): boolean => {
  const [ours, given] = [Buffer.from(one), Buffer.from(other)];
  return ours.length === given.length && timingSafeEqual(ours, given);
};

const typeBeside = (path: string): string => `${path}.type`;

/**
 * The type is there before the file is: a kill in between leaves nothing that anybody sees. Of two at once one is kept;
 * both are of the type that was signed.
 */
const keep = async (path: string, contentType: string, bytes: Uint8Array): Promise<'kept' | 'there'> => {
  if (existsSync(path)) return 'there';
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(typeBeside(path), contentType, { mode: 0o600 });
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, bytes, { mode: 0o600 });
  try {
    await link(unfinished, path);
    return 'kept';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'there';
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
};

const look: (path: string) => ReturnType<Files['look']> = async (path) => {
  if (!existsSync(path)) return undefined;
  const { size } = await stat(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    const contentType = await readFile(typeBeside(path), 'utf8');
    return { size, contentType, begins: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
};

const read = async (path: string): Promise<{ bytes: Buffer; contentType: string } | undefined> => {
  if (!existsSync(path)) return undefined;
  return { bytes: await readFile(path), contentType: await readFile(typeBeside(path), 'utf8') };
};
