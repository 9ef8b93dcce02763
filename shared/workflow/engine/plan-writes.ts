import type { Invocation } from '../../domain/id.ts';
import type { Decision } from '../../domain/outbox/decision.ts';
import type { Subject } from '../../domain/outbox/subject.ts';
import type { StoredRecord } from '../../domain/records.ts';
import type { Write } from './store-port.ts';

/** History and promises as writes. A notice that was promised before is refused by its own guard. */
export const promiseWrites = ({
  history = [],
  outbox,
}: Partial<Pick<Decision<Subject>, 'history'>> & Pick<Decision<Subject>, 'outbox'>): Write[] => [
  ...history.map((put): Write => ({ put })),
  ...outbox.map((put): Write => (put.kind === 'notice' ? { put, guard: 'new' } : { put })),
];

/**
 * What a plan writes: the subject one version on, guarded by the version it was decided on (`before` is undefined for
 * a new one); its history; and every promise.
 */
export const planWrites = <State extends Subject & StoredRecord>(
  before: State | undefined,
  plan: Decision<State>,
  invocation: Invocation,
): { writes: Write[]; state: State } => {
  const rest = promiseWrites(plan);
  if (before && plan.state === before) return { writes: rest, state: before };
  const state = before
    ? { ...plan.state, version: before.version + 1, updatedAt: invocation.now }
    : plan.state;
  return { writes: [{ put: state, guard: before ? before.version : 'new' }, ...rest], state };
};
