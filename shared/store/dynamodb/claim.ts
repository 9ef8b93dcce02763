import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordOf, Ref } from '../../domain/records.ts';
import { after, type Instant } from '../../domain/time.ts';
import { toRecord } from '../item.ts';
import { dueSortKey, keyOf } from '../keys.ts';
import { LEASE } from '../lease.ts';
import { unavailable } from '../unavailable.ts';
import type { Connection } from './connection.ts';
import { isConditionFailed, isConflict } from './trouble.ts';

type Claimed = RecordOf<'page'> | RecordOf<'notice'> | RecordOf<'effect'>;
type Claimable = Ref<'page'> | Ref<'notice'> | Ref<'effect'>;

/** How often to try while a transaction holds the item: such a conflict passes in milliseconds. */
const TRIES = 3;

/** The lease counts from `now`; what is due by `asOf` may be taken. */
interface When {
  now: Instant;
  asOf: Instant;
}

/**
 * Whoever moves the due time first has it; the claimed item is due again when the lease is over. A page is a version
 * on, so that what comes of it is not written over what others made of it meanwhile.
 */
const request = (ref: Claimable, { now, asOf }: When) => {
  const key = keyOf(ref);
  const leaseEnds = after(now, LEASE);
  const isMessage = ref.kind !== 'effect';
  return {
    Key: key,
    ConditionExpression: `attribute_exists(pk) AND dueAt <= :asOf${isMessage ? ' AND #state IN (:promised, :failed, :claimed)' : ''}`,
    UpdateExpression: `SET attempts = attempts + :one, dueAt = :leaseEnds, duesk = :duesk${isMessage ? ', #state = :claimed, #version = if_not_exists(#version, :none) + :one' : ''}`,
    ...(isMessage ? { ExpressionAttributeNames: { '#state': 'state', '#version': 'version' } } : {}),
    ExpressionAttributeValues: {
      ':asOf': asOf,
      ':one': 1,
      ':leaseEnds': leaseEnds,
      ':duesk': dueSortKey(leaseEnds, key),
      ...(isMessage
        ? { ':promised': 'promised', ':failed': 'failed', ':claimed': 'claimed', ':none': 0 }
        : {}),
    },
  };
};

/**
 * Takes a promise for 30 seconds; undefined when it is done, not due, or somebody else's. When the answer is lost on
 * the way, the SDK's retry finds our own claim and says undefined: the promise is then taken when the lease is over.
 */
export const claim = async (
  { run, table, cost }: Connection,
  ref: Claimable,
  when: When,
): Promise<Claimed | undefined> => {
  const command = { TableName: table, ...request(ref, when), ReturnValues: 'ALL_NEW' as const, ...cost };
  for (let tries = 1; ; tries += 1) {
    try {
      const { Attributes = {} } = await run('claim', (client) => client.send(new UpdateCommand(command)));
      return toRecord(ref.kind, Attributes);
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      if (!isConflict(error)) throw error;
      if (tries === TRIES) throw unavailable(error);
    }
  }
};
