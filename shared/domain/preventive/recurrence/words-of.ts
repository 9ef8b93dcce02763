import type { Incident } from '../../corrective/incidents/incident.ts';

const MOST_WORDS = 60;
/** Characters that are looked at: whatever is said after so many says nothing new, and may be hostile. */
const LONGEST_TEXT = 4000;
const LONGEST_WORD = 40;

/** What differs from one occurrence of the same trouble to the next. */
const CHANCE = [
  // A query or a fragment of an address, and how it is fetched.
  /(?<=:\/\/[^\s?#]{0,500})[?#]\S*/gu,
  /\b[a-z][a-z0-9+.-]{1,15}:\/\//giu,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu,
  // IPv6; an IPv4 address and a timestamp are numbers only.
  /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/giu,
  /\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-][\d:]+)?/giu,
  /\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]{6,}\b/giu,
  /\b[0-9a-f]{12,}\b/giu,
];
/** Written together, read as several: `HighErrorRate`, `HTTPErrors`. */
const HUMP = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
/** What holds the words of names together: `shop.example.com`, `order_queue`. */
const JOINTS = /[._:'’]+/gu;

/** What every alert may say, whatever it is about: how people build sentences, and how monitors build states. */
const STOP_WORDS = new Set(
  `a an and are as at be been by for from has have in into is it its of on or out than that the this to was were
  which with within alarm alert alerting alerts critical crossed datapoint datapoints equal firing greater
  incident info last less minimum ok problem resolved severity state status threshold transition triggered utc
  warning`.split(/\s+/),
);

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** `web01` is any `web`, `5xx` is one class of errors; every other word with a digit in it is chance. */
const wordIn = (segment: string): string | undefined => {
  if (segment.length > LONGEST_WORD) return undefined;
  if (/^[1-5]xx$/.test(segment)) return segment;
  const [word = ''] = /^[^\p{N}]+(?=\p{N}{0,4}$)/u.exec(segment) ?? [];
  return /^\p{ASCII}?$/u.test(word) || STOP_WORDS.has(word) ? undefined : word;
};

/**
 * The words that an incident is known again by, in the order in which it says them: lower case, each once, without
 * numbers, ids, addresses, times and what every alert says. At most 60.
 */
export const wordsOf = ({ title, summary = '' }: Pick<Incident, 'title' | 'summary'>): string[] => {
  const said = `${title.slice(0, LONGEST_TEXT)}\n${summary}`.slice(0, LONGEST_TEXT).toWellFormed();
  // One character may stand for eighteen.
  const plain = said.normalize('NFKC').slice(0, LONGEST_TEXT).toWellFormed();
  const steady = CHANCE.reduce((text, chance) => text.replace(chance, ' '), plain);
  const text = steady.replace(HUMP, ' ').replace(JOINTS, ' ').toLowerCase();
  const words = [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? (wordIn(segment) ?? []) : [],
  );
  return [...new Set(words)].slice(0, MOST_WORDS);
};
