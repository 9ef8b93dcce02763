import type { Said } from './answer-page.ts';

const DONE = 'Thank you. Your confirmation is recorded.';
const IN_VAIN: Record<string, string> = {
  cancelled: 'Nothing was recorded: this was cancelled.',
  over: 'Nothing was recorded: this is over.',
  withdrawn: 'Nothing was recorded: this no longer affects you.',
  closed: 'Nothing was recorded: this is closed.',
  'changed-since':
    'Nothing was recorded: this changed while the page was open. Please read it again and confirm.',
  'not-yours': 'Nothing was recorded: you are not, or no longer, asked to answer this.',
  'no-note': 'Nothing was recorded: please describe what you found or what should change.',
  'nothing-to-say': 'Nothing was recorded: no answer is needed here.',
  'is-writing': 'Changes were already requested. You will be asked again when the review is ready.',
  'is-approved': 'Nothing was recorded: the review is already approved.',
  'is-published': 'Nothing was recorded: the review is already approved and published.',
  'is-waived': 'Nothing was recorded: this review was waived.',
};
const SAID: Record<string, string> = {
  approved: 'Thank you. You have approved this review.',
  'changes-asked-for': 'Thank you. The owner will be notified of the changes you asked for.',
  done: 'Thank you. Marked as done; it will be verified later.',
  proven: 'Thank you. The action item is proven.',
  'open-again': 'Thank you. The action item is open again, and its owner will be notified.',
  'done-already': 'This action item is already done, thank you.',
  'proven-already': 'This action item is already proven, thank you.',
  'open-again-already': 'This action item is already open again, thank you.',
  unchanged: 'This was already recorded, thank you.',
};
const ADDED = 'Thank you. Your answer is recorded.';
const AGAIN = 'You already confirmed this, thank you.';

/** What came of an answer, in words. */
export const noticeOutcome = (reason: string): Said => {
  const inVain = IN_VAIN[reason];
  if (inVain) return { words: inVain, bad: true };
  const said = SAID[reason];
  if (said) return { words: said, bad: false };
  if (reason === 'answer-added') return { words: ADDED, bad: false };
  return { words: /already/.test(reason) ? AGAIN : DONE, bad: false };
};
