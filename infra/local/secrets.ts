import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { Secrets } from '../../shared/workflow/engine/ports.ts';
import { readKept, writeKept } from './folder.ts';

const StoredView = z.object({
  linkKeys: z.array(z.object({ version: z.number().int(), secret: z.string().min(32) })).min(1),
  adminKey: z.string().min(20),
});
type StoredView = z.infer<typeof StoredView>;

const made = (): StoredView => ({
  linkKeys: [{ version: 1, secret: randomBytes(32).toString('base64url') }],
  adminKey: `fbk_${randomBytes(24).toString('base64url')}`,
});

const keep = (file: string): StoredView => {
  const kept = readKept(file, StoredView);
  if (kept) return kept;
  const fresh = made();
  writeKept(file, fresh);
  return fresh;
};

/** This machine's keys, made once and kept in its folder; `adminKey` stands in for the kept one and is not kept. */
export const openSecrets = (folder: string, adminKey?: string): Secrets & { adminKey: string } => {
  const kept = keep(join(folder, 'secrets.json'));
  const key = adminKey ?? kept.adminKey;
  const hash = createHash('sha256').update(key).digest('hex');
  return { adminKey: key, linkKeys: async () => kept.linkKeys, adminKeyHash: async () => hash };
};
