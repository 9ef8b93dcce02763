import type { Said } from './answer-page.ts';

const DONE = 'Thank you: we have recorded that you have noted this.';
const IN_VAIN: Record<string, string> = {
  cancelled: 'Nothing was recorded: this was cancelled.',
  over: 'Nothing was recorded: this is over.',
  withdrawn: 'Nothing was recorded: this does not concern you any more.',
  closed: 'Nothing was recorded: this is closed.',
  'changed-since':
    'This was changed while you had it open, so nothing was recorded. Please look at it again, and confirm what you see now.',
  'not-yours': 'Nothing was recorded: this is not for you to say, or not any more.',
  'no-note': 'Nothing was recorded: please say in a few words what you found, or what should change.',
  'nothing-to-say': 'Nothing was recorded: there is nothing to be said here.',
  'is-writing':
    'Changes are asked for already, and it is being written again: you will be asked once it is done.',
  'is-approved': 'Nothing was recorded: it is approved already.',
  'is-published': 'Nothing was recorded: it is approved and published already.',
  'is-waived': 'Nothing was recorded: somebody answers for this review not being written.',
};
const SAID: Record<string, string> = {
  approved: 'Thank you: you have approved this review.',
  'changes-asked-for': 'Thank you: its owner is told what should change.',
  done: 'Thank you: it is done. Whether it holds is still to be seen.',
  proven: 'Thank you: it holds, and is proven.',
  'open-again': 'Thank you: it is open again, and its owner is told why.',
  'done-already': 'It is done already, thank you.',
  'proven-already': 'It is proven already, thank you.',
  'open-again-already': 'It is open again already, thank you.',
  unchanged: 'It was so already, thank you.',
};
const ADDED = 'Thank you: we have recorded your answer.';
const AGAIN = 'You had told us already, thank you.';

/** What came of an answer, in words. */
export const noticeOutcome = (reason: string): Said => {
  const inVain = IN_VAIN[reason];
  if (inVain) return { words: inVain, bad: true };
  const said = SAID[reason];
  if (said) return { words: said, bad: false };
  if (reason === 'answer-added') return { words: ADDED, bad: false };
  return { words: /already/.test(reason) ? AGAIN : DONE, bad: false };
};
