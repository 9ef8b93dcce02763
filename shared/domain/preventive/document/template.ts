import type { Problem } from '../../refused.ts';
import { SECTION_NAMES, SECTIONS, type SectionName } from '../review/section.ts';
import { below, closed } from './markdown-text.ts';

/** For whom a document is. */
export type Reader = 'us' | 'client';

/** What a client's document may say of the incident; everything else in it was written for the client. */
const FACTS_FOR_CLIENT = ['title', 'facts', 'client', 'service', 'date', 'duration'];
const FACTS_FOR_US = [
  ...FACTS_FOR_CLIENT,
  ...['incident', 'severity', 'opened', 'resolved', 'revision', 'status', 'approvals', 'problem'],
  ...['findings', 'evidence', 'action-items', 'unwritten'],
];

const sectionsFor = (reader: Reader): SectionName[] =>
  SECTION_NAMES.filter((name) => SECTIONS[name].for === reader);

/** The placeholders that there are in a template. Ours may also show what was written for the client. */
export const PLACEHOLDERS: Record<Reader, readonly string[]> = {
  us: [...FACTS_FOR_US, ...SECTION_NAMES],
  client: [...FACTS_FOR_CLIENT, ...sectionsFor('client')],
};

const headed = (names: readonly SectionName[], rank = '##'): string =>
  names.map((name) => `${rank} ${SECTIONS[name].heading}\n\n{{${name}}}`).join('\n\n');

const ours = sectionsFor('us');
const forClient = sectionsFor('client');
const analysisAt = ours.indexOf('analysis');

/** How documents are laid out where a client has no template of its own. */
export const BUILT_IN: Record<Reader, string> = {
  us: [
    '# {{title}}',
    '{{facts}}',
    headed(ours.slice(0, analysisAt)),
    `## ${SECTIONS.analysis.heading}\n\n{{findings}}\n\n{{analysis}}`,
    headed(ours.slice(analysisAt + 1)),
    '## Action items\n\n{{action-items}}',
    `## What the client reads\n\n${headed(forClient, '###')}`,
    '## Evidence\n\n{{evidence}}',
    '## Not written yet\n\n{{unwritten}}',
  ].join('\n\n'),
  client: ['# {{title}}', '{{facts}}', headed(forClient)].join('\n\n'),
};

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
const ALONE = /^\s{0,3}\{\{\s*([^{}]*?)\s*\}\}\s*$/;

/** What may be long: said twice, it would make a document of any size. */
const ONCE: readonly string[] = [...SECTION_NAMES, 'findings', 'evidence', 'action-items'];

/** What is wrong with a template for a reader; `path` is where it came in. */
export const problemsWithTemplate = (template: string, reader: Reader, path: string): Problem[] => {
  const known = PLACEHOLDERS[reader];
  const named = [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const wrong = (name: string): string | undefined => {
    if (!PLACEHOLDERS.us.includes(name)) return 'is not known';
    if (!known.includes(name)) return 'is not for the client';
    return ONCE.includes(name) && named.indexOf(name) !== named.lastIndexOf(name)
      ? 'is used twice'
      : undefined;
  };
  return [...new Set(named)].flatMap((name) => {
    const why = wrong(name);
    return why ? [{ path, message: `${shown(name)} ${why}. There is ${known.map(shown).join(', ')}.` }] : [];
  });
};

const shown = (name: string): string => `{{${name.slice(0, 60)}}}`;

/** A stretch of a document; `name` is the placeholder that it came from, where that stood on a line of its own. */
export interface Piece {
  name?: string;
  markdown: string;
}

/** Values by placeholder. What is not there is empty. */
export type Values = Record<string, string>;

interface Line extends Piece {
  /** 1 to 6 for a heading, else 0. */
  depth: number;
}

const HEADING = /^ {0,3}(#{1,6})(?:\s|$)/;

const lineOf = (text: string, values: Values): Line => {
  const [, name] = ALONE.exec(text) ?? [];
  if (name !== undefined) return { name, markdown: closed(filled(values, name)), depth: 0 };
  const markdown = text.replace(PLACEHOLDER, (_, inline: string) => flat(filled(values, inline)));
  return { markdown, depth: HEADING.exec(text)?.[1]?.length ?? 0 };
};

const filled = (values: Values, name: string): string =>
  Object.hasOwn(values, name) ? (values[name] ?? '') : '';

/** Within a line there is room for one. */
const flat = (markdown: string): string => markdown.replace(/\s*\n\s*/g, ' ').trim();

/** Whether anything stands under the heading before the next one of its rank. */
const isFilled = (lines: Line[], place: number): boolean => {
  const depth = lines[place]?.depth ?? 0;
  if (depth === 0) return true;
  const rest = lines.slice(place + 1);
  const end = rest.findIndex((line) => line.depth > 0 && line.depth <= depth);
  const under = end === -1 ? rest : rest.slice(0, end);
  return depth === 1 || under.some((line) => line.depth === 0 && line.markdown.trim() !== '');
};

/**
 * A template with its values, each put in once: what a value itself has in braces stays as it is, and its headings go
 * below the one that it stands under. A heading below the first rank with nothing under it is left out.
 */
export const layOut = (template: string, values: Values): Piece[] => {
  let rank = 0;
  const lines = template.split(/\r?\n/).map((text) => {
    const line = lineOf(text, values);
    rank = line.depth || rank;
    return line.name === undefined ? line : { ...line, markdown: below(rank, line.markdown) };
  });
  const kept = lines.filter((_, place) => isFilled(lines, place));
  return kept.map(({ name, markdown }) => (name === undefined ? { markdown } : { name, markdown }));
};

const isBlank = ({ markdown }: Piece): boolean => markdown.trim() === '';

/** The pieces as one document, with one empty line where several would be. */
export const asMarkdown = (pieces: Piece[]): string => {
  const kept = pieces.filter((piece, place) => {
    const before = pieces[place - 1];
    return !isBlank(piece) || (before !== undefined && !isBlank(before));
  });
  const text = kept.map(({ markdown }) => markdown).join('\n');
  return `${text.trim()}\n`;
};
