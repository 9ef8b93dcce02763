import type { AnswerView } from '../workflow/paging/answer-page.ts';
import { type Action, answeredBy, type Said } from './answer-page.ts';

const OVER = 'This incident is over.';
const DONE: Record<Action, string> = {
  acknowledge: 'You have acknowledged this incident. Nobody else is paged for now.',
  resolve: 'You have resolved this incident.',
  escalate: 'You have escalated this incident: the next step is being paged.',
  help: 'You have asked for help: the next step is being paged.',
};
const NOBODY_LEFT: Partial<Record<Action, string>> = {
  escalate: 'You have escalated this incident. No steps are left, so the fallback contact is paged.',
  help: 'You have asked for help. No steps are left, so the fallback contact is paged.',
};

/** What came of an action, in words. */
export const outcomeOf = (action: Action, { reason, view }: { reason: string; view: AnswerView }): Said => {
  if (reason === 'already-answered') return { words: alreadyAnswered(view), bad: false };
  if (reason === 'moved-on-already')
    return { words: 'This incident changed after this page was loaded. Nothing was changed.', bad: false };
  if (reason === 'help-is-being-called') return { words: 'Help has already been requested.', bad: false };
  if (view.over && reason !== 'resolved') return { words: OVER, bad: true };
  if (reason === 'exhausted') return { words: NOBODY_LEFT[action] ?? DONE[action], bad: false };
  return { words: DONE[action], bad: false };
};

/** What an action on an incident that was over already came to. */
export const overAlready: Said = { words: `${OVER} Nothing was changed.`, bad: true };

const alreadyAnswered = (view: AnswerView): string => {
  const who = answeredBy(view);
  return who === 'you'
    ? 'You already acknowledged this incident.'
    : `${capital(who)} already answered this incident.`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
