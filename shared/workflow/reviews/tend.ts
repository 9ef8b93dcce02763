import type { Draw } from '../../domain/id.ts';
import type { Review } from '../../domain/preventive/review/review.ts';
import { tend } from '../../domain/preventive/review/tend.ts';
import { chronicle } from '../../domain/proactive/chronicle.ts';
import type { Notice } from '../../domain/proactive/notice.ts';
import { promiseNotice, turnOf } from '../../domain/proactive/plan.ts';
import { isPromised, ourRecipient, tellFallback } from '../our-recipient.ts';
import { planWrites, promiseWrites } from '../plan-writes.ts';
import type { Ports } from '../ports.ts';
import type { Write } from '../store-port.ts';
import type { Tended } from '../subjects.ts';
import { reviewAround } from './around.ts';

const find = (ports: Ports, id: string): Promise<Review | undefined> =>
  ports.store.get({ kind: 'review', id });

const UNREACHED = 'unreached-';

/** A review is chased until it is done. */
export const reviews: Tended = {
  generationOf: async (ports, subjectId) => (await find(ports, subjectId))?.generation,
  // What was given to the client stands, whatever is written in the review since; and that it did not arrive.
  outlives: ({ occasion }) => occasion === 'published' || occasion.startsWith(UNREACHED),
  tend: async (ports, { subjectId, generation, task }, draw) => {
    const review = await find(ports, subjectId);
    if (!review) return { writes: [], result: 'review-is-gone' };
    const around = await reviewAround(ports, review);
    const plan = tend(review, { generation, task }, { around, draw });
    return { writes: planWrites(review, plan, draw).writes, result: plan.reason };
  },
  noticeFailed: async (ports, notice, draw) => {
    const review = await find(ports, notice.subjectId);
    if (!review) return [];
    if (!notice.to.ours) return tellManager(ports, { review, notice }, draw);
    const told = await tellFallback(ports, { of: review, notice }, draw);
    return [
      ...told,
      ...line(review, { notice, told: told.length > 0 ? 'the fallback contact' : 'nobody else' }, draw),
    ];
  },
};

const line = (review: Review, { notice, told }: { notice: Notice; told: string }, draw: Draw): Write[] => {
  const story = chronicle(review, draw);
  const text = `${notice.to.name} could not be told (${notice.occasion}); ${told} is told in their place.`;
  story.write({ what: 'unreached', text, reason: 'channel-failed' });
  return promiseWrites({ history: story.entries, promises: [] });
};

/** A reader at the client was not reached: whoever knows them gives it to them another way. */
const tellManager = async (
  ports: Ports,
  { review, notice }: { review: Review; notice: Notice },
  draw: Draw,
): Promise<Write[]> => {
  const to = await ourRecipient(ports, review.projectManagerId ?? review.technicalLeadId);
  const why = notice.lastError ?? 'it came back';
  const words = {
    subject: `Not delivered: ${notice.subject}`,
    text: `${notice.to.name} at ${review.clientName} could not be told that the review was published (${why}). Please give it to them another way.`,
  };
  const about = { occasion: `${UNREACHED}${notice.to.id}`, turn: turnOf(notice) };
  const promised = to && promiseNotice(review, { ...about, to, words }, draw);
  const isNew = promised && !(await isPromised(ports, promised));
  return [
    ...(isNew ? promiseWrites({ promises: [promised] }) : []),
    ...line(review, { notice, told: to?.name ?? 'nobody' }, draw),
  ];
};
