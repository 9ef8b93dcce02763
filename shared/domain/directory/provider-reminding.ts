import type { Invocation } from '../id.ts';
import type { HistoryEntry } from '../outbox/history.ts';
import { historyWriter } from '../outbox/history.ts';
import type { Notice } from '../outbox/notice.ts';
import { newNotice, type Recipient, taskIn } from '../outbox/subject.ts';
import type { Timer } from '../outbox/timer.ts';
import type { Provider } from './provider.ts';
import { lastDayOf, subjectOf } from './provider-reminder.ts';

/** Until somebody has reviewed it, its owner is told this often. */
const AGAIN_EVERY = 'P7D';

/** What a reminder comes to; the provider itself stays as it is. */
export interface Reminding {
  history: HistoryEntry[];
  outbox: (Notice | Timer)[];
  reason: string;
}

interface Told {
  provider: Provider;
  /** Who keeps it up to date, or whoever stands in; undefined when nobody can be told. */
  to: Recipient | undefined;
  /** Where the installation is reached. */
  publicUrl: string;
}

/** It is time to look whether all of it is still right; again every week until somebody has. */
export const remindOfReview = (
  { provider, to, publicUrl }: Told,
  turn: number,
  invocation: Invocation,
): Reminding => {
  const of = subjectOf(provider);
  const again = taskIn(of, { task: `review:${turn + 1}`, delay: AGAIN_EVERY }, invocation);
  const words = {
    subject: `Please review the details of ${provider.name}`,
    text: reviewText(provider, publicUrl),
  };
  const notices = to ? [newNotice(of, { occasion: 'review', turn, to, words }, invocation)] : [];
  return told(
    { provider, to },
    { what: 'review-due', reason: 'review-due', outbox: [...notices, again] },
    invocation,
  );
};

/** The last day of its contract nears. */
export const remindOfContract = ({ provider, to }: Told, days: number, invocation: Invocation): Reminding => {
  const words = { subject: `${days} days: the contract with ${provider.name}`, text: contractText(provider) };
  const of = subjectOf(provider);
  const outbox = to ? [newNotice(of, { occasion: 'contract', turn: days, to, words }, invocation)] : [];
  return told({ provider, to }, { what: 'contract-nears', reason: 'contract-nears', outbox }, invocation);
};

const told = (
  { provider, to }: Pick<Told, 'provider' | 'to'>,
  { what, reason, outbox }: { what: string; reason: string; outbox: Reminding['outbox'] },
  invocation: Invocation,
): Reminding => {
  const history = historyWriter(subjectOf(provider), invocation);
  const outcome = to ? reason : 'nobody-to-tell';
  const text = to
    ? `Telling ${to.name}.`
    : 'The provider has no owner who can be reached, so nobody was notified.';
  history.write({ what, text, reason: outcome });
  return { history: history.entries, outbox, reason: outcome };
};

const reviewText = (provider: Provider, publicUrl: string): string =>
  [
    `You own the details of the hosting provider ${provider.name}. ${since(provider)}`,
    'Support contacts on record:',
    provider.contacts.map(({ name, way, address }) => `- ${name}, by ${way}: ${address}`).join('\n') ||
      '- none',
    `To correct the details: PATCH ${publicUrl}/v1/providers/${provider.id}\nTo confirm the details: POST ${publicUrl}/v1/providers/${provider.id}/review`,
    'This reminder repeats every week until you confirm.',
  ].join('\n\n');

const since = ({ reviewedAt }: Provider): string =>
  reviewedAt
    ? `The details were last confirmed on ${reviewedAt.slice(0, 10)}.`
    : 'The details have never been confirmed.';

const contractText = (provider: Provider): string => {
  const { noticeBy, endsOn } = provider.contract;
  return [
    `The last day to act on the contract with the hosting provider ${provider.name} is ${lastDayOf(provider) ?? 'unknown'}.`,
    [
      ...(noticeBy ? [`Last day to end or change it: ${noticeBy}`] : []),
      ...(endsOn ? [`Ends on: ${endsOn}`] : []),
    ].join('\n'),
    'Renew, change or end the contract, then enter the new dates to stop this reminder.',
  ].join('\n\n');
};
