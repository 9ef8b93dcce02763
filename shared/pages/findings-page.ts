import { type Html, html } from '../domain/html.ts';
import { addressOf, type EvidenceNumbers, referred } from '../domain/preventive/document/evidence-list.ts';
import {
  type Analysis,
  askedWhy,
  byCategory,
  byTime,
  findingsBy,
  GATES,
} from '../domain/preventive/document/findings.ts';
import { isJoined, type Outline, outlineOf, type Point } from '../domain/preventive/document/outline.ts';
import type { Finding } from '../domain/preventive/finding/finding.ts';
import { dateAndTime } from '../domain/time.ts';

/** The analysis drawn by its technique; nothing where nothing was found yet. */
export const findingsDrawn = (analysis: Analysis): Html => {
  const findings = findingsBy(analysis);
  if (findings.length === 0) return html``;
  const { technique, problem, evidence } = analysis;
  if (technique === 'timeline') return timeline(findings, evidence);
  const head = html`<p class="problem">${problem}</p>\n`;
  if (technique === 'fishbone')
    return html`${head}${byCategory(findings).map(({ heading, outline }) => html`<h3>${heading}</h3>\n${tree(outline, { evidence, isWhy: false })}`)}`;
  return html`${head}${tree(outlineOf(findings), { evidence, isWhy: technique === 'five-whys' })}`;
};

interface Drawing {
  evidence: EvidenceNumbers;
  /** Each node asks why of the one above. */
  isWhy: boolean;
}

const tree = ({ points, loose }: Outline, drawing: Drawing): Html =>
  html`${branches(points, drawing, 'tree')}${
    loose.length > 0
      ? html`<p class="soft">Not tied to the problem:</p>
<ol class="tree">${loose.map((finding) => html`<li>${node(finding, { ...drawing, isWhy: false })}</li>\n`)}</ol>`
      : html``
  }`;

const branches = (points: Point['under'], drawing: Drawing, name = ''): Html =>
  points.length === 0
    ? html``
    : html`<ol${name ? html` class="${name}"` : html``}>
${points.map((point, place) => html`<li>${branch(point, drawing, place)}</li>\n`)}</ol>\n`;

const branch = (point: Point['under'][number], drawing: Drawing, place: number): Html => {
  const { finding } = point;
  if (isJoined(point))
    return html`<div class="node joined">${question(finding, drawing, { place })}<p>${answer(finding, drawing)} <em>(see ${point.joins})</em></p></div>`;
  const number = html`<span class="number">${point.number}</span>`;
  const before = drawing.isWhy ? question(finding, drawing, { place, number }) : number;
  return html`${node(finding, drawing, before)}${branches(point.under, drawing)}`;
};

const question = (
  { text }: Finding,
  { isWhy }: Drawing,
  { place, number = html`` }: { place: number; number?: Html },
): Html => (isWhy ? html`<p class="why">${number}${askedWhy(text, place).question}</p>` : html``);

const answer = ({ text }: Finding, { isWhy }: Drawing): string => (isWhy ? askedWhy(text, 0).answer : text);

const node = (finding: Finding, drawing: Drawing, before: Html = html``): Html => {
  const { cause, evidenceIds } = finding;
  return html`<div class="${cause ? 'node cause' : 'node'}">${before}${answer(finding, drawing)}${tags(finding)}${shownBy(evidenceIds, drawing.evidence)}</div>`;
};

const tags = ({ cause, gate }: Finding): Html =>
  html`${gate ? html`<br><span class="tag gate">${GATES[gate]}</span>` : html``}${cause ? html`<br><span class="tag">Cause: ${cause.type}</span>` : html``}`;

const shownBy = (ids: readonly string[], numbers: EvidenceNumbers): Html => {
  const known = referred(ids, numbers);
  if (known.length === 0) return html``;
  const labels = known.map(({ label, evidence }, place) => {
    const address = addressOf(evidence);
    const shown = address
      ? html`<a href="${address}" rel="noopener noreferrer nofollow">${label}</a>`
      : html`${label}`;
    return html`${place > 0 ? ', ' : ''}${shown}`;
  });
  return html` <span class="shown">(${labels})</span>`;
};

const timeline = (
  findings: readonly Finding[],
  evidence: EvidenceNumbers,
): Html => html`<div class="wide"><table>
<thead><tr><th>When</th><th>What</th></tr></thead>
<tbody>
${byTime(findings).map((finding) => html`<tr><td>${finding.at ? dateAndTime(finding.at) : ''}</td><td>${finding.text}${tags(finding)}${shownBy(finding.evidenceIds, evidence)}</td></tr>\n`)}</tbody>
</table></div>
`;
