import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import { proofOf } from '../domain/preventive/action-item/messages.ts';
import { TYPES } from '../domain/preventive/document/action-list.ts';
import { webAddress } from '../domain/preventive/document/markdown-text.ts';
import { dateAndTime } from '../domain/time.ts';
import type { ActionView } from '../workflow/action-items/by-notice.ts';
import { keptFor, type Said, saidOf } from './answer-page.ts';
import { fact, factList } from './fact-list.ts';
import { page } from './layout.ts';

const LONGEST_NOTE = 4000;

/** An action item, with what whoever looks can say of it. */
export const actionPage = (view: ActionView, said?: Said): string => {
  const { item, personName } = view;
  const title = oneLine(item.title);
  return page(
    `Action item: ${title}`,
    html`${saidOf(said)}<p class="mark">Action item</p>
<h1>${title}</h1>
${item.text ? html`<p class="quote">${item.text}</p>\n` : html``}${factList(factsOf(view))}
${issue(view)}${forms(view, said)}
<p class="foot">You are viewing this as ${oneLine(personName)}.</p>`,
  );
};

const STATUS = {
  open: 'open',
  done: 'done, verification pending',
  proven: 'proven: it holds',
  dropped: 'dropped',
} as const;

const factsOf = ({ item, clientName, ownerName, origin }: ActionView) => [
  ...fact('Status', STATUS[item.status]),
  ...fact('Client', oneLine(clientName)),
  ...fact('Comes from', origin),
  ...fact('Type', `${TYPES[item.type]}, ${item.priority} priority`),
  ...fact('Owner', oneLine(ownerName)),
  ...fact('Due', dateAndTime(item.dueAt)),
  ...fact('Done', item.doneAt && dateAndTime(item.doneAt)),
  ...fact('Open again', item.status === 'open' ? item.reopenedBecause : undefined),
  ...fact('Dropped because', item.droppedBecause),
  ...(item.provenAt
    ? fact('Proven', dateAndTime(item.provenAt))
    : fact('Proven when', proofOf(item.verification))),
];

const issue = ({ item: { link } }: ActionView): Html => {
  const address = webAddress(link?.url);
  return link?.key && address
    ? html`<p><a href="${address}" rel="noopener noreferrer">Issue ${link.key}</a></p>\n`
    : html``;
};

/** Nothing more is asked of whoever has just been heard: another tap on the same spot would be a slip. */
const forms = (view: ActionView, said: Said | undefined): Html => {
  if (said?.bad === false) return html``;
  const { verification } = view.item;
  const form = (asked: Form): Html => formOf(view.item, asked, keptFor(said, asked.action));
  if (view.offers === 'completion')
    return form({ action: 'done', button: 'Mark as done', label: 'What was done', isFirst: true });
  if (view.offers === 'nothing') return html``;
  return html`<h2>Verification</h2>
${verification.type === 'statement' ? html`<p class="quote">${verification.statement}</p>\n` : html``}${form({ action: 'holds', button: 'The fix holds', label: 'What you checked', isFirst: true })}
${form({ action: 'fails', button: 'The fix does not hold', label: 'What you found', isNeeded: true })}`;
};

interface Form {
  action: string;
  button: string;
  label: string;
  isFirst?: true;
  isNeeded?: true;
}

const formOf = (
  item: ActionView['item'],
  { action, button, label, isFirst, isNeeded }: Form,
  note: string,
): Html => html`<form method="post">
<input type="hidden" name="action" value="${action}">
<input type="hidden" name="seen" value="${item.generation}">
<label>${label} ${isNeeded ? html`` : html`<small>if you like</small>`}<textarea name="note" maxlength="${LONGEST_NOTE}"${isNeeded ? html` required` : html``}>${note}</textarea></label>
<button type="submit"${isFirst ? html` class="first"` : html``}>${button}</button>
</form>`;
