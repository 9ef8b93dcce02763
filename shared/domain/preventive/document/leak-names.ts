import { asRead } from './leak-text.ts';

export interface Named {
  name: string;
}

/** Shorter ones are initials, or words of some language. */
const SHORTEST_PART = 3;
/** Shorter names that are written in one word are other words. */
const SHORTEST_JOINED = 6;

/**
 * Names that are ordinary words too, or places and products: alone they say nothing of anybody. Together with the rest
 * of the name they are a name.
 */
const ORDINARY = new Set(
  [
    'april may june july august summer autumn winter sunday monday friday dawn',
    'will mark bill rob pat jack grant frank drew wade chase chance dean page reed rich skip sue art grace hope faith',
    'joy rose ivy lily daisy olive ruby pearl amber crystal iris eve max ray jay guy van von der del den ten los las',
    'black white brown green gray grey long short small little young old good best strong wise sharp swift bright',
    'king queen prince bishop pope cook baker butler carter cooper farmer fisher gardener hunter mason miller porter',
    'potter shepherd smith tailor taylor turner walker weaver wright day price rice bell ball banks bush cross field',
    'fields ford forest hill hills house hall lake lane law marsh moor north south east west park parks pond pool',
    'power powers rivers river stone street wall walls ward waters wells wood woods post case cash church love moody',
    'read holder holding hood hook horn key keys knight lord major marks marsh nail pace paine penny piper pitt read',
    'root rush server service sales sands savage self shields silver singer snow spring steel storm test tester',
    'waite watts weeks winters word worth york admin support team desk office',
    'london paris berlin vienna milan florence sydney victoria perth austin dallas houston denver washington madison',
    'jackson lincoln georgia virginia carolina chelsea kent essex devon chester lancaster preston bolton wellington',
    'nelson england scotland wales ireland holland france german germany spain jordan israel china india cuba',
    'jenkins hudson oracle amazon aurora athena julia perl mercury apollo hermes atlas kafka sterling norton noel',
    'sommer herbst sonntag montag freitag klein gross lang lange kurz ernst stark petit grand',
  ].flatMap((line) => line.split(' ')),
);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that are written as names are: `Ada`, and `@ada` as in a chat. */
const NAME_LIKE = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]*|(?<![\p{L}\p{N}.-])@[\p{L}\p{N}]+/gu;

/** `Jürgen` is `Jurgen` where there are no such letters, or `Juergen`. */
const spellings = (name: string): string[] => [name, name.normalize('NFC').replace(/[äöüÄÖÜ]/g, '$&e')];

/** Whether several words stand in a row in a line of words that are set apart by single spaces, either way round. */
const isWhole = (parts: string[], line: string): boolean =>
  [parts, parts.toReversed()].some((order) => line.includes(` ${order.join(' ')} `)) ||
  (parts.join('').length >= SHORTEST_JOINED && line.includes(` ${parts.join('')} `));

/**
 * Whose names stand in a text. A whole name counts however it is written: in either order, or in one word. A first name
 * or a surname alone counts when it has three letters or more, is written as names are, and is no ordinary word: `Ada`
 * gives somebody away, while `may`, `Will it happen again?` or `the field` must not hold up a publication. Languages
 * that do not write capitals have whole names only. Words of the client's own name or service are theirs to read.
 */
export const namesIn = (
  text: string,
  { people, allowed }: { people: readonly Named[]; allowed: string },
): string[] => {
  const line = ` ${wordsOf(text).join(' ')} `;
  const theirs = new Set(wordsOf(asRead(allowed)[1]));
  const written = new Set((text.match(NAME_LIKE) ?? []).map((word) => word.replace('@', '').toLowerCase()));
  const saysMuch = (part: string): boolean =>
    part.length >= SHORTEST_PART && !ORDINARY.has(part) && !theirs.has(part);
  const isNamed = (parts: string[]): boolean =>
    (parts.length > 1 && isWhole(parts, line)) ||
    parts.some((part) => saysMuch(part) && possessives(part).some((form) => written.has(form)));
  return people
    .map(({ name }) => name)
    .filter((name) => spellings(name).some((spelling) => isNamed(wordsOf(asRead(spelling)[1]))));
};

/** Other languages need no apostrophe: `Adams Server`. Of a short name that would often be another word. */
const possessives = (part: string): string[] => (part.length > SHORTEST_PART ? [part, `${part}s`] : [part]);
