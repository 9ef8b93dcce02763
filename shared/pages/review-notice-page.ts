import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import { ROLE_NAMES } from '../domain/preventive/review/messages.ts';
import { missingFrom } from '../domain/preventive/review/readiness.ts';
import { SECTIONS } from '../domain/preventive/review/section.ts';
import { dateAndTime } from '../domain/time.ts';
import type { ReviewView } from '../workflow/reviews/by-notice.ts';
import { keptFor, type Said, saidOf } from './answer-page.ts';
import { page } from './layout.ts';
import { reviewBody } from './review-page.ts';

const LONGEST_NOTE = 4000;

/** A review, as one of ours opens it from a message: what is wanted of them, the review, and their answer below it. */
export const reviewNoticePage = (view: ReviewView, said?: Said): string =>
  page(
    `Review: ${oneLine(view.document.contents.review.title)}`,
    html`${saidOf(said)}${standing(view)}${reviewBody(view.document)}
${view.decides ? decision(view, keptFor(said, 'changes')) : html``}`,
    'paper',
  );

const standing = (view: ReviewView): Html => {
  const { review } = view.document.contents;
  const { personName, role, decides } = view;
  const as = role ? `, its ${ROLE_NAMES[role]}` : '';
  return html`<p class="soft screen">You are viewing this as ${oneLine(personName)}${as}. ${stands(view)}</p>
${decides ? html`<p class="screen"><a href="#answer">Approve it, or ask for changes</a></p>\n` : html``}${review.status === 'writing' ? toDo(view) : html``}`;
};

const stands = ({ document: { contents }, role, decides }: ReviewView): string => {
  const { status, dueAt, authors, approvals } = contents.review;
  if (status === 'writing') return `The review is being written and is due ${dateAndTime(dueAt)}.`;
  if (status !== 'in-review') return '';
  if (decides) return 'The review waits for your approval.';
  if (role && approvals.some((approval) => approval.role === role)) return 'You have approved this review.';
  return role && authors.length > 0
    ? 'You wrote part of this review, so another person has to approve it.'
    : 'The review waits for approval.';
};

/** What is missing before it can be approved. */
const toDo = ({ document: { contents } }: ReviewView): Html => {
  const missing = missingFrom(contents);
  if (missing.length === 0)
    return html`<p class="said">Nothing is missing: the review can be submitted.</p>\n`;
  return html`<div class="doc"><p><strong>Still missing:</strong></p>
<ul>
${missing.map(({ path, message }) => html`<li>${named(path)} ${message}</li>\n`)}</ul></div>
`;
};

const named = (path: string): string => {
  const name = path.replace('sections.', '');
  return name in SECTIONS ? `“${SECTIONS[name as keyof typeof SECTIONS].heading}”` : 'The analysis';
};

/** What was read is what is approved: the revision goes with it. */
const decision = ({ document: { contents } }: ReviewView, note: string): Html => {
  const { revision } = contents.review;
  const seen = html`<input type="hidden" name="revision" value="${revision}">`;
  return html`<h2 id="answer" class="screen">Your answer</h2>
<form method="post">${seen}
<input type="hidden" name="action" value="approve">
<button type="submit" class="first">Approve revision ${revision}</button>
</form>
<form method="post">${seen}
<input type="hidden" name="action" value="changes">
<label>What should change<textarea name="note" maxlength="${LONGEST_NOTE}" required>${note}</textarea></label>
<button type="submit">Ask for changes</button>
</form>`;
};
