import { after, type Instant } from '../../shared/domain/time.ts';
import type { Files, Ports, Vault } from '../../shared/workflow/engine/ports.ts';

const unexpected = async (): Promise<never> => {
  throw new Error('Nothing outside was to be touched.');
};

/** No files, no vault, nobody to call: for tests in which none of them is to be touched. */
export const nothingOutside: Pick<Ports, 'httpRequest' | 'files' | 'vault'> = {
  httpRequest: unexpected,
  files: { uploadAddress: unexpected, look: unexpected, downloadAddress: unexpected },
  vault: { keep: unexpected, kept: unexpected, forget: unexpected },
};

/** Secrets that are kept nowhere else. */
export const vaultInMemory = (): Vault => {
  const secrets = new Map<string, string>();
  return {
    keep: async (name, value) => void secrets.set(name, value),
    kept: async (name) => secrets.get(name),
    forget: async (name) => void secrets.delete(name),
  };
};

type Upload = Awaited<ReturnType<Files['uploadAddress']>>;

/** Files that are kept nowhere else; whatever is sent is taken, for what is to be refused is for the arrival to say. */
export interface FilesInMemory extends Files {
  /** A PUT to an upload address; by the type that was signed, unless told. */
  send(upload: Upload, bytes: Uint8Array, contentType?: string): void;
  /** A GET of a download address. */
  fetch(url: string): Uint8Array | undefined;
}

const AT = 'https://files.example.com/';
const HELD_FOR = 'PT15M';

export const filesInMemory = (now: () => Instant): FilesInMemory => {
  const kept = new Map<string, { bytes: Uint8Array; contentType: string }>();
  const keyIn = (url: string): string => new URL(url).pathname.slice(1);
  return {
    uploadAddress: async ({ key, contentType, size }) => ({
      url: `${AT}${key}`,
      headers: { 'content-type': contentType, 'content-length': String(size), 'if-none-match': '*' },
      expiresAt: after(now(), HELD_FOR),
    }),
    look: async (key) => {
      const file = kept.get(key);
      return file && { ...file, size: file.bytes.length, begins: file.bytes.slice(0, 512) };
    },
    downloadAddress: async ({ key, name }) => ({
      url: `${AT}${key}?name=${encodeURIComponent(name)}`,
      expiresAt: after(now(), HELD_FOR),
    }),
    send: ({ url, headers }, bytes, contentType = headers['content-type'] ?? '') =>
      void kept.set(keyIn(url), { bytes, contentType }),
    fetch: (url) => kept.get(keyIn(url))?.bytes,
  };
};
