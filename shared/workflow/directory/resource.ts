import type * as z from 'zod';
import type { Principal } from '../../domain/directory/access.ts';
import type { Invocation, Prefix } from '../../domain/id.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import type { Timer } from '../../domain/outbox/timer.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Ports } from '../engine/ports.ts';

/** The plain records that people keep by hand, each with the same five routes. */
export type ResourceKind =
  | 'client'
  | 'service'
  | 'person'
  | 'provider'
  | 'escalation-policy'
  | 'schedule'
  | 'integration'
  | 'api-key'
  | 'tracker';

export type Named<K extends ResourceKind> = RecordOf<K> & {
  id: string;
  name: string;
  version: number;
  createdAt: string;
  /** It is about to go: nothing can begin to use it. */
  removing?: boolean;
};

/** Another record that this one stands on, and where its body names it. */
export interface Reference {
  kind: ResourceKind;
  id: string;
  /** `body.steps[0].targets[1].id`. */
  path: string;
}

/** All that tells one noun from another. */
export interface Resource<K extends ResourceKind> {
  kind: K;
  prefix: Prefix;
  /** What people call one: `escalation policy`. */
  called: string;
  /** What may be written; a change is the whole body again, with the change merged in. */
  body: z.ZodObject;
  /** Fields of the body that stay as they were made. */
  fixed?: string[];
  /** It belongs to no client, whichever record it is: only who may see all clients may see it. */
  ofInstallation?: true;
  /** The client that it belongs to, or `*` for the installation. */
  clientOf(record: RecordOf<K>): string;
  references(record: RecordOf<K>): Reference[];
  /** Who may read one though it belongs to the installation. */
  alsoReadBy?(ports: Ports, principal: Principal, record: RecordOf<K>): Promise<boolean>;
  /** What follows from the fields that are sent, for a new record (without `before`) and a changed one. */
  derived?(before: RecordOf<K> | undefined, after: RecordOf<K>): Partial<RecordOf<K>>;
  /** What is promised with a new record (without `before`) or a change, in the same commit. */
  outbox?(before: RecordOf<K> | undefined, after: RecordOf<K>, invocation: Invocation): (Notice | Timer)[];
  /** What else would be left hanging if it were removed. */
  alsoUsedBy?(ports: Ports, record: RecordOf<K>): Promise<string | undefined>;
  /** What works, but will not work well at 3 am. */
  warnings?(ports: Ports, record: RecordOf<K>): Promise<string[]>;
}
