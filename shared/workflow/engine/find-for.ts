import { authoriseOr, type Principal, type Role } from '../../domain/directory/access.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import type { RecordOf, Ref } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from './ports.ts';
import type { Page, PageRequest } from './store-port.ts';

/** What belongs to a client, is found by its id, and is called so. */
const CALLED = {
  review: 'review',
  cause: 'cause',
  'action-item': 'action item',
  'traffic-event': 'traffic event',
  'provider-ticket': 'ticket',
} as const;
type OfClient = keyof typeof CALLED;

interface Wanted<K extends OfClient> {
  kind: K;
  id: string;
  role: Role;
}

/**
 * One record, for whoever holds the role on its client.
 * @throws Refused `not-found` in the same words for what is not here and for what is another client's.
 */
export const findFor = async <K extends OfClient>(
  ports: Ports,
  principal: Principal,
  { kind, id, role }: Wanted<K>,
): Promise<RecordOf<K>> => {
  const missing = new Refused('not-found', `This ${CALLED[kind]} does not exist.`);
  const record = await ports.store.get({ kind, id } as unknown as Ref<K>);
  if (!record) throw missing;
  authoriseOr(missing, principal, { role, clientId: record.clientId });
  return record;
};

/** A page of what happened to something, or of what was written about it. */
export interface HistoryPage<S extends 'history-entry' | 'notice'> extends PageRequest {
  of: S;
  id: string;
}

/** What happened to a record, or what was written about it, for whoever may read it. Oldest first. */
export const historyFor = async <K extends OfClient, S extends 'history-entry' | 'notice'>(
  ports: Ports,
  principal: Principal,
  { kind, of, id, ...page }: HistoryPage<S> & { kind: K },
): Promise<Page<S extends 'notice' ? Notice : HistoryEntry>> => {
  await findFor(ports, principal, { kind, id, role: 'read' });
  return ports.store.list({ of, subjectId: id } as never, page) as never;
};
