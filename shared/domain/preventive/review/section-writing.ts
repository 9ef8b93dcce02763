import * as z from 'zod';
import type { Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import { invalid } from '../../parse.ts';
import { Refused } from '../../refused.ts';
import type { Review } from './review.ts';
import { type ReviewSection, SECTIONS, type SectionName } from './section.ts';
import { requireRead } from './written-since.ts';

export const SectionBody = z.strictObject({
  by: z.string().describe('Id of the person who wrote it, if not the caller.').optional(),
  text: z.string().max(20_000).describe('Markdown. Replaces the current text.'),
  choice: z.string().describe('The choice, in sections that have choices.').optional(),
});
export type SectionBody = z.infer<typeof SectionBody>;

/** The section as it stands, what it is to say, and the version of it that was seen. */
export interface Writing {
  review: Pick<Review, 'id' | 'clientId'>;
  before: ReviewSection | undefined;
  name: SectionName;
  body: SectionBody;
  ifMatch: number | undefined;
}

/**
 * The section as it is after this was written; the very one that was there when it says so already.
 * @throws Refused `invalid` for a choice that the section does not have; `stale` over what somebody else wrote.
 */
export const write = (
  { review, before, name, body, ifMatch }: Writing,
  { actor, invocation }: { actor: Actor; invocation: Invocation },
): ReviewSection => {
  requireSense(name, body);
  const { text, choice } = body;
  if (before && before.text === text && before.choice === choice) return before;
  if (before) requireRead(before, { actor, ifMatch });
  else if (ifMatch !== undefined)
    throw new Refused('stale', 'The section is now empty. Retry without If-Match.');
  const { prefilled: _, choice: __, ...kept } = before ?? {};
  return {
    ...kept,
    ...{ kind: 'review-section', reviewId: review.id, name, clientId: review.clientId },
    version: (before?.version ?? 0) + 1,
    text,
    ...(choice === undefined ? {} : { choice }),
    writtenBy: actor,
    updatedAt: invocation.now,
  };
};

const choicesOf = (name: SectionName): readonly string[] => {
  const about = SECTIONS[name];
  return 'choices' in about ? about.choices : [];
};

const requireSense = (name: SectionName, { text, choice }: SectionBody): void => {
  const choices = choicesOf(name);
  if (choice !== undefined && !choices.includes(choice))
    throw invalid([
      {
        path: 'body.choice',
        message: choices.length > 0 ? `must be ${choices.join(' or ')}` : 'is not known in this section',
      },
    ]);
  if (name === 'one-person' && choice === 'no' && text.trim() === '')
    throw invalid([{ path: 'body.text', message: 'must say why one person could not have handled it' }]);
};
