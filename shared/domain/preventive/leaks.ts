import { cut } from '../one-line.ts';
import type { Problem } from '../refused.ts';
import { type Named, namesIn } from './leak-names.ts';
import { INTERNAL_PATTERNS } from './leak-patterns.ts';
import { asRead } from './leak-text.ts';
import type { Contents } from './review-contents.ts';
import { SECTIONS } from './review-section.ts';

/** What is ours and not the client's to read, beside what the review itself holds. */
export interface Internal {
  /** Our people, and how they are reached. Whoever at the client gets the document is none of them. */
  people: readonly (Named & { addresses: readonly string[] })[];
  /** Our numbers at the providers. */
  accounts: readonly string[];
  /** The client's own template, which goes out with what it is filled with. */
  template?: string | undefined;
}

/** Shorter ones are found in ordinary words. */
const SHORTEST_LITERAL = 4;

/** Where something is kept that is evidence, as one would copy it. */
const placesOf = ({ evidence }: Contents): string[] =>
  evidence.flatMap(({ url, logGroup, file }) => [
    ...(url ? [bare(url)] : []),
    ...(logGroup ? [logGroup.name] : []),
    ...(file ? [file.name, file.key] : []),
  ]);

/** An address without what people leave out. */
const bare = (url: string): string => url.replace(/^https?:\/\//i, '').replace(/\/+$/, '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The very text, not as a part of a longer word. */
const exactly = (literal: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(literal)}(?![\\p{L}\\p{N}])`, 'iu');

/** A phone number, however its digits are set apart. */
const phone = (number: string): RegExp =>
  new RegExp(`(?<!\\d)${[...number.replace('+', '')].join('[\\s().\\/-]*')}(?!\\d)`);

type Readings = readonly [string, string];

/** Whether a literal stands in the text, each in the same two readings. */
const holds = (readings: Readings, literal: string): boolean => {
  if (/^\+?\d{6,}$/.test(literal)) return phone(literal).test(readings[1]);
  return asRead(literal).some(
    (form, place) => form.length >= SHORTEST_LITERAL && exactly(form).test(readings[place] ?? ''),
  );
};

/** What is wrong with one text that is to go out. */
const leaksInText = (text: string, contents: Contents, { people, accounts }: Internal): string[] => {
  const readings = asRead(text);
  const { clientName, serviceName } = contents.review;
  const names = namesIn(readings[1], { people, allowed: `${clientName} ${serviceName}` });
  const reached = people.filter(({ addresses }) => addresses.some((address) => holds(readings, address)));
  const places = placesOf(contents).filter((place) => holds(readings, place));
  const patterns = INTERNAL_PATTERNS.filter(({ pattern }) =>
    readings.some((reading) => pattern.test(reading)),
  );
  return [
    ...names.map((name) => `names ${name}: say what was done, not who of us did it`),
    ...reached.map(({ name }) => `holds an address of ${name}: take it out`),
    ...places.map((place) => `holds “${cut(place, 60)}”, where evidence is kept: say in words what it shows`),
    ...(accounts.some((account) => holds(readings, account)) ? [ACCOUNT] : []),
    ...patterns.map(({ because }) => because),
  ];
};

const ACCOUNT = 'holds our account number at a provider: take it out';

/**
 * What was written for the client and is not theirs to read: names and addresses of our people, our ids, where
 * evidence is kept, account numbers, machines, keys and links that open without one. Case, emphasis and invisible
 * characters hide none of it. This finds slips; it is no judge of meaning, and those who approve still have to read.
 */
export const leaksIn = (contents: Contents, internal: Internal): Problem[] => {
  const written = contents.sections
    .filter(({ name }) => SECTIONS[name].for === 'client')
    .map(({ name, text }) => ({ path: `sections.${name}`, text }));
  const layout = internal.template ? [{ path: 'template.client', text: internal.template }] : [];
  return [...written, ...layout].flatMap(({ path, text }) =>
    [...new Set(leaksInText(text, contents, internal))].map((message) => ({ path, message })),
  );
};
