import { Refused } from '../refused.ts';

/** What a grant allows; each includes the ones before it. */
export const ROLES = ['read', 'write', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** `*` stands for every client and for what belongs to the whole installation. */
export interface Grant {
  clientId: string;
  role: Role;
}

/** Who asks: an API key, a person behind a one-tap link or a phone, a monitor, or Firebreak itself. */
export interface Principal {
  id: string;
  kind: 'api-key' | 'person' | 'integration' | 'firebreak';
  grants: Grant[];
}

/** Firebreak's own steps: timers, settling, the sweep. */
export const firebreak: Principal = {
  id: 'firebreak',
  kind: 'firebreak',
  grants: [{ clientId: '*', role: 'admin' }],
};

const reaches = (grant: Grant, clientId: string): boolean =>
  grant.clientId === '*' || grant.clientId === clientId;

/**
 * Lets the principal go on, or refuses: `not-found` where it may not even know that the thing exists,
 * `forbidden` where it may see it but not do this. `clientId` is `*` for what belongs to the installation.
 */
export const authorise = (principal: Principal, role: Role, clientId: string): void => {
  const held = principal.grants.filter((grant) => reaches(grant, clientId));
  if (held.some((grant) => ROLES.indexOf(grant.role) >= ROLES.indexOf(role))) return;
  if (held.length === 0 && clientId !== '*') throw new Refused('not-found', 'Not found.');
  throw new Refused(
    'forbidden',
    `This needs a key with the scope "${role}"${clientId === '*' ? ' for all clients' : ''}.`,
  );
};

/**
 * As `authorise`, but what the principal may not even know of is refused in the very words of what is not there, so that
 * nobody can tell the two apart.
 */
export const authoriseOr = (
  missing: Refused,
  principal: Principal,
  { role, clientId }: { role: Role; clientId: string },
): void => {
  try {
    authorise(principal, role, clientId);
  } catch (error) {
    throw error instanceof Refused && error.code === 'not-found' ? missing : error;
  }
};

/** The clients that the principal may read: `*`, or their ids. */
export const readableClients = (principal: Principal): '*' | string[] =>
  principal.grants.some((grant) => grant.clientId === '*')
    ? '*'
    : [...new Set(principal.grants.map((grant) => grant.clientId))];
