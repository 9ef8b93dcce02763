import * as z from 'zod';
import type { Principal } from '../directory/access.ts';

/** Who did it, as the history says it. */
export const Actor = z.looseObject({
  kind: z.enum(['api-key', 'person', 'integration', 'provider', 'firebreak']),
  id: z.string(),
  name: z.string().optional(),
});
export type Actor = z.infer<typeof Actor>;

export const FIREBREAK: Actor = { kind: 'firebreak', id: 'firebreak' };

export const actorOf = (principal: Principal, name?: string): Actor => ({
  kind: principal.kind,
  id: principal.id,
  ...(name ? { name } : {}),
});
