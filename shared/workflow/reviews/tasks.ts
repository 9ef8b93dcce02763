import type { Invocation } from '../../domain/id.ts';
import { historyWriter } from '../../domain/outbox/history.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import { newNotice, turnOf } from '../../domain/outbox/subject.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { runTask } from '../../domain/preventive/review/tasks.ts';
import { isPromised, notifyFallback, ourRecipient } from '../engine/our-recipient.ts';
import { planWrites, promiseWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import type { SubjectHandler } from '../engine/subjects.ts';
import { reviewContext } from './context.ts';

const find = (ports: Ports, id: string): Promise<Review | undefined> =>
  ports.store.get({ kind: 'review', id });

const UNREACHED = 'unreached-';

/** A review is chased until it is done. */
export const reviews: SubjectHandler = {
  generationOf: async (ports, subjectId) => (await find(ports, subjectId))?.generation,
  // What was given to the client stands, whatever is written in the review since; and that it did not arrive.
  outlives: ({ occasion }) => occasion === 'published' || occasion.startsWith(UNREACHED),
  runTask: async (ports, { subjectId, generation, task }, invocation) => {
    const review = await find(ports, subjectId);
    if (!review) return { writes: [], result: 'review-is-gone' };
    const context = await reviewContext(ports, review);
    const plan = runTask(review, { generation, task }, { context, invocation });
    return { writes: planWrites(review, plan, invocation).writes, result: plan.reason };
  },
  noticeFailed: async (ports, notice, invocation) => {
    const review = await find(ports, notice.subjectId);
    if (!review) return [];
    if (!notice.to.ours) return tellManager(ports, { review, notice }, invocation);
    const told = await notifyFallback(ports, { of: review, notice }, invocation);
    return [
      ...told,
      ...line(review, { notice, told: told.length > 0 ? 'the fallback contact' : 'nobody else' }, invocation),
    ];
  },
};

const line = (
  review: Review,
  { notice, told }: { notice: Notice; told: string },
  invocation: Invocation,
): Write[] => {
  const history = historyWriter(review, invocation);
  const text = `${notice.to.name} could not be notified (${notice.occasion}); ${told} is notified instead.`;
  history.write({ what: 'unreached', text, reason: 'channel-failed' });
  return promiseWrites({ history: history.entries, outbox: [] });
};

/** A reader at the client was not reached: whoever knows them gives it to them another way. */
const tellManager = async (
  ports: Ports,
  { review, notice }: { review: Review; notice: Notice },
  invocation: Invocation,
): Promise<Write[]> => {
  const to = await ourRecipient(ports, review.projectManagerId ?? review.technicalLeadId);
  const why = notice.lastError ?? 'it bounced';
  const words = {
    subject: `Not delivered: ${notice.subject}`,
    text: `${notice.to.name} at ${review.clientName} could not be notified that the review was published (${why}). Please send it to them another way.`,
  };
  const about = { occasion: `${UNREACHED}${notice.to.id}`, turn: turnOf(notice) };
  const promised = to && newNotice(review, { ...about, to, words }, invocation);
  const isNew = promised && !(await isPromised(ports, promised));
  return [
    ...(isNew ? promiseWrites({ outbox: [promised] }) : []),
    ...line(review, { notice, told: to?.name ?? 'nobody' }, invocation),
  ];
};
