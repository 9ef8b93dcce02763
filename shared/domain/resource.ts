import type * as z from 'zod';
import type { Invocation } from './id.ts';
import type { Notice } from './outbox/notice.ts';
import type { Timer } from './outbox/timer.ts';

/** What every record of a resource has. */
export interface Named {
  kind: string;
  id: string;
  name: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  clientId?: unknown;
  /** It is about to be removed: nothing can begin to use it. */
  removing?: unknown;
}

/** Another record that this one depends on, and where its body names it. */
export interface Reference {
  kind: string;
  id: string;
  /** `body.steps[0].targets[1].id`. */
  path: string;
}

export const reference = (kind: string, id: string, path: string): Reference => ({ kind, id, path });

/** References of optional fields: those that are not set are left out. */
export const references = (...all: [kind: string, id: string | undefined, path: string][]): Reference[] =>
  all.flatMap(([kind, id, path]) => (id ? [reference(kind, id, path)] : []));

/**
 * Who a record belongs to: the client that `clientId` names (listed newest first), itself (a client), or the
 * installation, so that only who may see all clients may see it. The last two are listed by name.
 */
export type Owner = 'client' | 'itself' | 'installation';

/**
 * One stored noun that people maintain by hand. Its records, keys, lists, routes, OpenAPI, references, removal, gateway
 * routes and test samples follow from this declaration and its line in `resources.ts`.
 */
export interface Resource<R extends Named = Named, O extends Owner = Owner> {
  kind: R['kind'];
  /** Of its ids: three letters that no other kind has. */
  prefix: string;
  /** Its plural, below `/v1/`; a client's list is stored under it too. */
  path: string;
  /** What people call one: `escalation policy`. */
  called: string;
  /** Which function answers for it. */
  api: 'directory' | 'corrective' | 'preventive';
  owner: O;
  /** Of the installation, but read by some who see only clients: `readableThrough` in `workflow/directory/rules.ts`. */
  sharedWithClients?: true;
  record: z.ZodType<R> & Pick<z.ZodObject, 'shape'>;
  /** What may be written; a change is the whole body again, with the change merged in. */
  body: z.ZodObject;
  /** Fields of the body that stay as they were made. */
  fixed?: string[];
  /** Fields of the record that are shown beside id, version and times. */
  shown: string[];
  references?(record: R): Reference[];
  /** What follows from the fields that are sent, for a new record (without `before`) and a changed one. */
  derived?(before: R | undefined, after: R): Partial<R>;
  /** What is promised with a new record (without `before`) or a change, in the same commit. */
  outbox?(before: R | undefined, after: R, invocation: Invocation): (Notice | Timer)[];
  /** Problems that do not prevent saving but should be fixed. */
  warnings?(record: R): string[];
  /** A believable record, without what every record has. */
  example: Partial<R>;
}

/** The client that a record belongs to, or `*` for the installation. */
export const clientOf = ({ owner }: Pick<Resource, 'owner'>, record: Named): string => {
  if (owner === 'installation') return '*';
  return owner === 'itself' ? record.id : String(record.clientId);
};
