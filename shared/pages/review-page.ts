import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import { analysisOf, reviewFacts, reviewPieces } from '../domain/preventive/document/document.ts';
import type { Piece } from '../domain/preventive/document/template.ts';
import type { Publication } from '../domain/preventive/review/review.ts';
import { dateAndTime } from '../domain/time.ts';
import type { ReviewDocument } from '../workflow/reviews/document.ts';
import { factList } from './fact-list.ts';
import { findingsDrawn } from './findings-page.ts';
import { page } from './layout.ts';
import { rendered } from './markdown.ts';

/** The whole review, for us: to read, and to print on A4. */
export const reviewPage = (document: ReviewDocument): string =>
  page(`Review: ${oneLine(document.contents.review.title)}`, reviewBody(document), 'paper');

/** What stands before the document, such as what can be done with it, is the caller's. */
export const reviewBody = (document: ReviewDocument): Html => {
  const { review } = document.contents;
  return html`<p class="mark">Post-incident review</p>
<div class="doc">
${stretches(reviewPieces(document.contents, document.context)).map((stretch) => shown(stretch, document))}</div>
<p class="foot">Incident #${review.incidentNumber} of ${oneLine(review.clientName)}, revision ${review.revision}. Internal: not for the client. Created by Firebreak on ${dateAndTime(document.at)}.</p>`;
};

/** What stands between two placeholders is read together. */
const stretches = (pieces: Piece[]): Piece[] => {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && last.name === undefined && piece.name === undefined) last.markdown += `\n${piece.markdown}`;
    else joined.push({ ...piece });
  }
  return joined;
};

/** Sections stand under a heading of the second rank: none of their own is like it, however it is written. */
const UNDER = 2;

const shown = ({ name, markdown }: Piece, { contents, context }: ReviewDocument): Html => {
  if (name === 'findings') return findingsDrawn(analysisOf(contents));
  if (name === 'facts') return factList(reviewFacts(contents, context));
  return rendered(markdown, name === undefined ? 0 : UNDER);
};

/** What the client is given, as it was given or would be. `foot` says which. */
export const clientPage = ({
  title,
  markdown,
  foot,
}: {
  title: string;
  markdown: string;
  foot: string;
}): string =>
  page(
    oneLine(title),
    html`<div class="doc">
${rendered(markdown)}</div>
<p class="foot">${foot}</p>`,
    'paper',
  );

export const publicationPage = ({ title, markdown, number, publishedAt }: Publication): string =>
  clientPage({ title, markdown, foot: `Version ${number}, published on ${dateAndTime(publishedAt)}.` });
