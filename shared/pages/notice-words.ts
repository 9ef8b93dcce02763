import type { Said } from './answer-page.ts';

const DONE = 'Thank you: we have recorded that you have noted this.';
const IN_VAIN: Record<string, string> = {
  cancelled: 'Nothing was recorded: this was cancelled.',
  over: 'Nothing was recorded: this is over.',
  withdrawn: 'Nothing was recorded: this does not concern you any more.',
  closed: 'Nothing was recorded: this is closed.',
  'changed-since':
    'This was changed while you had it open, so nothing was recorded. Please look at it again, and confirm what you see now.',
};
const ADDED = 'Thank you: we have recorded your answer.';
const AGAIN = 'You had told us already, thank you.';

/** What came of an answer, in words. */
export const noticeOutcome = (reason: string): Said => {
  const inVain = IN_VAIN[reason];
  if (inVain) return { words: inVain, bad: true };
  if (reason === 'answer-added') return { words: ADDED, bad: false };
  return { words: /already/.test(reason) ? AGAIN : DONE, bad: false };
};
