import { type HistoryEntry, historyWriter } from '../../domain/outbox/history.ts';
import { LINK_HERE, type Notice } from '../../domain/outbox/notice.ts';
import { nextTry } from '../../domain/outbox/retry.ts';
import { dateAndTime, type Instant } from '../../domain/time.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { newInvocation } from '../engine/invocation.ts';
import type { Ports, Receipt } from '../engine/ports.ts';
import { change, reloadOnConflict } from '../engine/reload-on-conflict.ts';
import type { Write } from '../engine/store-port.ts';
import { subjectOf } from '../engine/subjects.ts';
import { noticeLink } from './links.ts';

/** A notice can wait longer than a page, and is worth trying longer: some mail servers are down for an hour. */
const GIVE_UP_AFTER = 'PT6H';

/**
 * Sends a claimed notice, unless its subject has moved on since. What comes of it is committed, with the proof; one
 * that is given up has what follows from that in the same commit.
 */
export const deliverNotice = async (ports: Ports, notice: Notice): Promise<string> => {
  const subject = await subjectOf(notice.subjectId);
  const generation = await subject.generationOf(ports, notice.subjectId);
  if (generation !== notice.generation && !(generation !== undefined && subject.outlives?.(notice)))
    return record(ports, notice, { becomes: { state: 'skipped', dueAt: undefined }, line: skipped(notice) });
  const receipt = await ports.send(await messageOf(ports, notice));
  return receipt.handedOver ? handedOver(ports, notice, receipt) : noticeFailed(ports, notice, receipt);
};

const messageOf = async (ports: Ports, notice: Notice) => {
  const { id, to, subject, text, subjectId } = notice;
  const link = text.includes(LINK_HERE) ? await noticeLink(ports, { subjectId, recipientId: to.id }) : '';
  return {
    id,
    channel: to.channel,
    to: to.address,
    subject,
    text: text.replaceAll(LINK_HERE, link),
    incidentId: subjectId,
  };
};

type Line = Pick<HistoryEntry, 'what' | 'text' | 'reason'>;

const skipped = ({ to, occasion }: Notice): Line => ({
  what: 'notice-skipped',
  text: `Not sent to ${to.name} (${occasion}): replaced by a newer notice.`,
  reason: 'overtaken',
});

const handedOver = (
  ports: Ports,
  notice: Notice,
  receipt: Receipt & { handedOver: true },
): Promise<string> => {
  const sent = { handedOverAt: ports.clock.now(), reference: receipt.reference, dueAt: undefined };
  const line = {
    what: 'notice-sent',
    text: `Sent to ${notice.to.name}: ${notice.subject}`,
    reason: 'handed-over',
  };
  return record(ports, notice, { becomes: { state: 'handed-over', ...sent }, line });
};

interface Outcome {
  becomes: Partial<Notice>;
  line: Line;
}

/** Commits what became of a notice. A bounce that was heard of first stands. */
const record = (ports: Ports, notice: Notice, { becomes, line }: Outcome): Promise<string> => {
  const history = historyWriter({ id: notice.subjectId, clientId: notice.clientId }, newInvocation(ports));
  history.write(line);
  const told = history.entries.map((put): Write => ({ put }));
  const current = reloadOnConflict(ports, notice);
  return commitWithRetry(ports, async () => {
    const before = await current();
    if (before.state === 'given-up') return { writes: [], result: 'known-already' };
    return { writes: [change(before, { ...before, ...becomes }), ...told], result: line.reason };
  });
};

/** Tries again for some hours if that can help; given up, whoever should know is told in the same commit. */
export const noticeFailed = async (
  ports: Ports,
  notice: Notice,
  failure: { reason: string; retryable: boolean },
): Promise<string> => {
  const invocation = newInvocation(ports);
  const subject = await subjectOf(notice.subjectId);
  const current = reloadOnConflict(ports, notice);
  return commitWithRetry(ports, async () => {
    const before = await current();
    if (before.state === 'given-up') return { writes: [], result: 'known-already' };
    const failed = afterFailure(before, failure, invocation.now);
    const history = historyWriter({ id: notice.subjectId, clientId: notice.clientId }, invocation);
    history.write(failureOf(failed, failure.reason));
    const follow = failed.dueAt ? [] : await subject.noticeFailed(ports, failed, invocation);
    const told = history.entries.map((put): Write => ({ put: { ...put, id: `${put.id}0` } }));
    return { writes: [change(before, failed), ...told, ...follow], result: failed.state };
  });
};

const afterFailure = (
  notice: Notice,
  failure: { reason: string; retryable: boolean },
  now: Instant,
): Notice => {
  const dueAt = nextTry(notice, failure, { now, giveUpAfter: GIVE_UP_AFTER });
  return { ...notice, state: dueAt ? 'failed' : 'given-up', dueAt, lastError: failure.reason };
};

const failureOf = ({ to, dueAt }: Notice, why: string): Line => ({
  what: dueAt ? 'notice-failed' : 'notice-given-up',
  text: `Not sent to ${to.name}: ${why}. ${dueAt ? `Trying again at ${dateAndTime(dueAt)}.` : 'Not tried again.'}`,
  reason: 'channel-failed',
});

interface Which {
  subjectId: string;
  noticeId: string;
}

const find = async (ports: Ports, { subjectId, noticeId }: Which): Promise<Notice | undefined> => {
  let cursor: string | undefined;
  do {
    const { items, next } = await ports.store.list({ of: 'notice', subjectId }, { limit: 100, cursor });
    const found = items.find((notice) => notice.id === noticeId);
    if (found) return found;
    cursor = next ?? undefined;
  } while (cursor);
  return undefined;
};

/** A mail came back, later: a failed notice like any other, but not tried that way again. */
export const noticeReturned = async (ports: Ports, which: Which, reason: string): Promise<string> => {
  const notice = await find(ports, which);
  if (!notice) return 'unknown-notice';
  return noticeFailed(ports, notice, { reason, retryable: false });
};

/** A mail arrived, says its mail server. */
export const noticeDelivered = async (ports: Ports, which: Which): Promise<string> => {
  const notice = await find(ports, which);
  if (notice?.state !== 'handed-over') return 'nothing-to-note';
  const line = { what: 'notice-delivered', text: `Arrived at ${notice.to.name}.`, reason: 'delivered' };
  return record(ports, notice, { becomes: { state: 'delivered' }, line });
};
