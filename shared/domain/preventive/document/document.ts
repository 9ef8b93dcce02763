import type { Incident } from '../../corrective/incidents/incident.ts';
import { oneLine } from '../../one-line.ts';
import { apart } from '../../spans.ts';
import { dateAndTime, type Instant } from '../../time.ts';
import type { ActionItem } from '../action-item/action-item.ts';
import type { Contents } from '../review/contents.ts';
import { ROLE_NAMES } from '../review/messages.ts';
import type { ReviewTemplate } from '../review/review.ts';
import { SECTION_NAMES, SECTIONS, type SectionName } from '../review/section.ts';
import { actionList } from './action-list.ts';
import { evidenceList, numbered } from './evidence-list.ts';
import { type Analysis, findingsMarkdown } from './findings.ts';
import { asLine, asWords } from './markdown-text.ts';
import { asMarkdown, BUILT_IN, layOut, type Piece, PLACEHOLDERS, type Values } from './template.ts';

/** What a document says beside the review's own contents. */
export interface DocumentAround {
  /** Absent when it is gone; then the document has no times. */
  incident?: Pick<Incident, 'openedAt' | 'resolvedAt'> | undefined;
  actionItems: readonly ActionItem[];
  /** The names of people, by id. */
  names: ReadonlyMap<string, string>;
  template?: Pick<ReviewTemplate, 'internal' | 'client'> | undefined;
}

/** The whole review, for us, stretch by stretch. */
export const reviewPieces = (contents: Contents, context: DocumentAround): Piece[] =>
  layOut(context.template?.internal ?? BUILT_IN.us, valuesForUs(contents, context));

export const reviewMarkdown = (contents: Contents, context: DocumentAround): string =>
  asMarkdown(reviewPieces(contents, context));

/**
 * The client's version: only what was written for them, with the date, the service and how long it lasted. Empty
 * while neither what happened nor why has been written.
 */
export const clientMarkdown = (contents: Contents, context: DocumentAround): string => {
  const values = valuesForClient(contents, context);
  if (!values['client-summary'] && !values['client-cause']) return '';
  return asMarkdown(layOut(context.template?.client ?? BUILT_IN.client, values));
};

/** What the client's version is called. The incident's own title was written for us, and is not in it. */
export const clientTitle = ({ review }: Contents, { incident }: Pick<DocumentAround, 'incident'>): string =>
  `What happened to ${oneLine(review.serviceName)}${incident ? ` on ${day(incident.openedAt)}` : ''}`;

/** `31 January 2017`, in UTC. */
const day = (at: Instant): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at));

const lasted = ({ incident }: DocumentAround): string =>
  incident?.resolvedAt ? apart(incident.openedAt, incident.resolvedAt) : '';

/** A fact as people read it, in plain text. */
export interface DocumentFact {
  label: string;
  value: string;
}

const factsIn = (labels: [label: string, name: string][], facts: Values): DocumentFact[] =>
  labels.map(([label, name]) => ({ label, value: facts[name] ?? '' })).filter(({ value }) => value);

const factsMarkdown = (facts: DocumentFact[]): string =>
  facts.map(({ label, value }) => `- **${label}:** ${asWords(value)}`).join('\n');

const asMarkdownValues = (facts: Values): Values =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, asLine(value)]));

const LABELS_FOR_CLIENT: [label: string, name: string][] = [
  ['Service', 'service'],
  ['Date', 'date'],
  ['Lasted', 'duration'],
];

/** Everything that a client's document can hold: nothing else of a review ever gets near it. */
const valuesForClient = (contents: Contents, context: DocumentAround): Values => {
  const facts = {
    title: clientTitle(contents, context),
    ...timeless(contents),
    ...timesOf(context),
  };
  const values: Values = {
    ...sectionValues(contents),
    ...asMarkdownValues(facts),
    facts: factsMarkdown(factsIn(LABELS_FOR_CLIENT, facts)),
  };
  return Object.fromEntries(PLACEHOLDERS.client.map((name) => [name, values[name] ?? '']));
};

const timeless = ({ review }: Contents): Values => ({
  client: review.clientName,
  service: review.serviceName,
});

const timesOf = (context: DocumentAround): Values => ({
  date: context.incident ? day(context.incident.openedAt) : '',
  duration: lasted(context),
});

const valuesForUs = (contents: Contents, context: DocumentAround): Values => ({
  ...sectionValues(contents),
  ...asMarkdownValues(plainFacts(contents, context)),
  facts: factsMarkdown(reviewFacts(contents, context)),
  findings: findingsMarkdown(analysisOf(contents)),
  evidence: evidenceList(numbered(contents.evidence)),
  'action-items': actionList(context.actionItems, context.names),
  unwritten: unwritten(contents),
});

export const analysisOf = ({ review, findings, evidence }: Contents): Analysis => ({
  technique: review.technique,
  problem: review.problem,
  findings,
  evidence: numbered(evidence),
});

const LABELS_FOR_US: [label: string, name: string][] = [
  ['Incident', 'incident'],
  ['Client', 'client'],
  ['Service', 'service'],
  ['Severity', 'severity'],
  ['Opened', 'opened'],
  ['Resolved', 'resolved'],
  ['Lasted', 'duration'],
  ['Review', 'status'],
  ['Revision', 'revision'],
  ['Approved by', 'approvals'],
];

/** The heads of a review: which incident, when, and how far the review is. */
export const reviewFacts = (contents: Contents, context: DocumentAround): DocumentFact[] =>
  factsIn(LABELS_FOR_US, plainFacts(contents, context));

const STATUS = {
  writing: 'being written',
  'in-review': 'waiting for approval',
  approved: 'approved',
  published: 'approved, and published to the client',
  waived: 'not written',
} as const;

const plainFacts = (contents: Contents, context: DocumentAround): Values => {
  const { review } = contents;
  const { incident, names } = context;
  const approvals = review.approvals.map(
    ({ name, by, role, at }) => `${name || names.get(by) || by} (${ROLE_NAMES[role]}, ${dateAndTime(at)})`,
  );
  return {
    ...timeless(contents),
    ...timesOf(context),
    title: `Review: ${review.title}`,
    incident: `#${review.incidentNumber}`,
    severity: review.severity.toUpperCase(),
    opened: incident ? dateAndTime(incident.openedAt) : '',
    resolved: incident?.resolvedAt ? dateAndTime(incident.resolvedAt) : '',
    status: `${STATUS[review.status]}${review.waived ? `: ${review.waived.reason}` : ''}`,
    revision: String(review.revision),
    approvals: approvals.join('; '),
    problem: review.problem,
  };
};

const CHOSEN: Partial<Record<SectionName, (choice: string) => string>> = {
  fix: (choice) => `*A ${choice} fix.*`,
  'one-person': (choice) => (choice === 'yes' ? '*Yes.*' : '*No.*'),
};

const sectionValues = ({ sections }: Contents): Values =>
  Object.fromEntries(
    sections.map(({ name, text, choice }) => {
      const chosen = choice ? CHOSEN[name]?.(choice) : undefined;
      return [name, [...(chosen ? [chosen] : []), text.trim()].join('\n\n').trim()];
    }),
  );

/** Named at the end, and only while there is still somebody to write them. */
const unwritten = ({ review, sections, findings }: Contents): string => {
  if (review.status !== 'writing') return '';
  const written = new Set(
    sections.filter(({ text, choice }) => text.trim() || choice).map(({ name }) => name),
  );
  // The analysis is written as findings, or as text.
  if (findings.length > 0) written.add('analysis');
  return SECTION_NAMES.filter((name) => !written.has(name))
    .map((name) => `- ${SECTIONS[name].heading}${SECTIONS[name].for === 'client' ? ' (for the client)' : ''}`)
    .join('\n');
};
