import { cut } from '../../one-line.ts';
import type { Problem } from '../../refused.ts';
import type { Contents } from '../review/contents.ts';
import { SECTIONS } from '../review/section.ts';
import { type Named, namesIn } from './leak-names.ts';
import { INTERNAL_PATTERNS } from './leak-patterns.ts';
import { asRead } from './leak-text.ts';

/** What is ours and not the client's to read, beside what the review itself holds. */
export interface Internal {
  /** Our people, and how they are reached. Whoever at the client gets the document is none of them. */
  people: readonly (Named & { addresses: readonly string[] })[];
  /** Names of those at the client who get it: one of them may be called as one of ours is. */
  readers?: readonly string[];
  /** Our numbers at the providers. */
  accounts: readonly string[];
  /** The client's own template, which goes out with what it is filled with. */
  template?: string | undefined;
}

/** Shorter ones are found in ordinary words. */
const SHORTEST_LITERAL = 4;
/** In digits. Shorter ones count all sorts of things. */
const SHORTEST_NUMBER = 6;

/**
 * Where something is kept that is evidence, as one would copy it. A site as a whole is no place, and what is called by
 * words alone (`checkout`, `Error log`) cannot be told from the words.
 */
const placesOf = ({ evidence }: Contents): string[] =>
  evidence
    .flatMap(({ url, logGroup, file }) => [
      ...(url && /[/?]/.test(bare(url)) ? [bare(url)] : []),
      ...(logGroup ? [logGroup.name] : []),
      ...(file ? [file.name, file.key] : []),
    ])
    .filter((place) => /[^\p{L}\p{M}\s]/u.test(place));

/** An address without what people leave out. */
const bare = (url: string): string => url.replace(/^https?:\/\//i, '').replace(/\/+$/, '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The very text, not as a part of a longer word. */
const exactly = (literal: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(literal)}(?![\\p{L}\\p{N}])`, 'iu');

/** A number, however its digits are set apart. */
const digits = (number: string): string => [...number].join('[\\s().\\/-]*');

/** What a phone number ends in, with its country or without. */
const phone = (number: string): RegExp => new RegExp(`${digits(number.slice(-8))}(?!\\d)`);

const GAP = '\\s{0,3}';
const setApart = (mark: string): string => `${GAP}[[({]?${GAP}(?:${mark})${GAP}[\\])}]?${GAP}`;

/** An e-mail address, also as people write it to hide it from machines: `ada [at] example (dot) com`. */
const mail = (address: string): RegExp => {
  const [name = '', domain = ''] = address.split('@').map(escaped);
  const host = domain.replaceAll('\\.', setApart('\\.|dot'));
  return new RegExp(`(?<![\\p{L}\\p{N}])${name}${setApart('@|at')}${host}(?![\\p{L}\\p{N}])`, 'iu');
};

const EMAIL = /^[^\s@]+@[^\s@]+$/;

const patternOf = (literal: string): RegExp | undefined => {
  if (/^\+\d{6,}$/.test(literal)) return phone(literal);
  if (/^\d+$/.test(literal))
    return literal.length < SHORTEST_NUMBER ? undefined : new RegExp(`(?<!\\d)${digits(literal)}(?!\\d)`);
  if (literal.length < SHORTEST_LITERAL) return undefined;
  return EMAIL.test(literal) ? mail(literal) : exactly(literal);
};

type Readings = readonly [string, string];

/** Whether a literal stands in the text, each in the same two readings. */
const holds = (readings: Readings, literal: string): boolean =>
  asRead(literal).some((form, place) => patternOf(form)?.test(readings[place] ?? ''));

/** The text without these names, each as a whole. */
const without = (text: string, names: readonly string[]): string =>
  names.reduce((rest, name) => rest.replace(new RegExp(exactly(asRead(name)[1]), 'giu'), ' '), text);

/** What is wrong with one text that is to go out. */
const leaksInText = (
  text: string,
  contents: Contents,
  { people, accounts, readers = [] }: Internal,
): string[] => {
  const readings = asRead(text);
  const { clientName, serviceName } = contents.review;
  const allowed = `${clientName} ${serviceName}`;
  const names = readings.flatMap((reading) => namesIn(without(reading, readers), { people, allowed }));
  const reached = people.filter(({ addresses }) => addresses.some((address) => holds(readings, address)));
  const places = placesOf(contents).filter((place) => holds(readings, place));
  const patterns = INTERNAL_PATTERNS.filter(({ pattern }) =>
    readings.some((reading) => pattern.test(reading)),
  );
  return [
    ...names.map((name) => `names ${name}: say what was done, not who did it`),
    ...reached.map(({ name }) => `contains an address of ${name}: remove it`),
    ...places.map((place) => `contains “${cut(place, 60)}”, a link to evidence: describe what it shows`),
    ...(accounts.some((account) => holds(readings, account)) ? [ACCOUNT] : []),
    ...patterns.map(({ because }) => because),
  ];
};

const ACCOUNT = 'contains our account number at a provider: remove it';

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
