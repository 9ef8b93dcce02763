import { join } from 'node:path';
import * as z from 'zod';
import type { Vault } from '../../shared/workflow/engine/ports.ts';
import { readKept, writeKept } from './folder.ts';

const StoredView = z.record(z.string(), z.string());

/** This machine's vault: one file of its folder that only its owner can read, replaced whole with each change. */
export const openVault = (folder: string): Vault => {
  const file = join(folder, 'vault.json');
  const secrets = new Map(Object.entries(readKept(file, StoredView) ?? {}));
  const write = (): void => writeKept(file, Object.fromEntries(secrets));
  return {
    keep: async (name, value) => {
      secrets.set(name, value);
      write();
    },
    kept: async (name) => secrets.get(name),
    forget: async (name) => {
      if (secrets.delete(name)) write();
    },
  };
};
