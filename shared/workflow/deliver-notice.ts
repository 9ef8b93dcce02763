import { nextTry } from '../domain/corrective/retry.ts';
import { chronicle } from '../domain/proactive/chronicle.ts';
import { type HistoryEntry, LINK_HERE, type Notice } from '../domain/proactive/notice.ts';
import { decideAgain } from './commit.ts';
import { drawNow } from './draw-now.ts';
import { noticeLink } from './links.ts';
import type { Ports, Receipt } from './ports.ts';
import type { Write } from './store-port.ts';
import { subjectOf } from './subjects.ts';

/** A notice can wait longer than a page, and is worth trying longer: some mail servers are down for an hour. */
const GIVE_UP_AFTER = 'PT6H';

/**
 * Sends a claimed notice, unless its subject has moved on since. What comes of it is committed, with the proof; one
 * that is given up has what follows from that in the same commit.
 */
export const deliverNotice = async (ports: Ports, notice: Notice): Promise<string> => {
  const subject = await subjectOf(notice.subjectId);
  const generation = await subject.generationOf(ports, notice.subjectId);
  if (generation !== notice.generation)
    return record(ports, { ...notice, state: 'skipped', dueAt: undefined }, skipped(notice));
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
  text: `Not sent to ${to.name} (${occasion}): it was overtaken by a change.`,
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
  return record(ports, { ...notice, state: 'handed-over', ...sent }, line);
};

const record = async (ports: Ports, notice: Notice, line: Line): Promise<string> => {
  const story = chronicle({ id: notice.subjectId, clientId: notice.clientId }, drawNow(ports));
  story.write(line);
  const writes: Write[] = [{ put: notice }, ...story.entries.map((put): Write => ({ put }))];
  return decideAgain(ports, async () => ({ writes, result: line.reason }));
};

/** Tries again for some hours if that can help; given up, whoever should know is told in the same commit. */
export const noticeFailed = async (
  ports: Ports,
  notice: Notice,
  failure: { reason: string; retryable: boolean },
): Promise<string> => {
  const draw = drawNow(ports);
  const dueAt = nextTry(notice, failure, { now: draw.now, giveUpAfter: GIVE_UP_AFTER });
  const state = dueAt ? ('failed' as const) : ('given-up' as const);
  const failed: Notice = { ...notice, state, dueAt, lastError: failure.reason };
  const subject = await subjectOf(notice.subjectId);
  return decideAgain(ports, async () => {
    const story = chronicle({ id: notice.subjectId, clientId: notice.clientId }, draw);
    const then = dueAt ? `Trying again at ${dueAt}.` : 'Not tried again.';
    const text = `Not sent to ${notice.to.name}: ${failure.reason}. ${then}`;
    story.write({ what: dueAt ? 'notice-failed' : 'notice-given-up', text, reason: 'channel-failed' });
    const follow = dueAt ? [] : await subject.noticeFailed(ports, failed, draw);
    const told = story.entries.map((put): Write => ({ put: { ...put, id: `${put.id}0` } }));
    return { writes: [{ put: failed }, ...told, ...follow], result: state };
  });
};

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
  if (notice.state === 'given-up') return 'known-already';
  return noticeFailed(ports, notice, { reason, retryable: false });
};

/** A mail arrived, says its mail server. */
export const noticeDelivered = async (ports: Ports, which: Which): Promise<string> => {
  const notice = await find(ports, which);
  if (notice?.state !== 'handed-over') return 'nothing-to-note';
  const line = { what: 'notice-delivered', text: `Arrived at ${notice.to.name}.`, reason: 'delivered' };
  return record(ports, { ...notice, state: 'delivered' }, line);
};
