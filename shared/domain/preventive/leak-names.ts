import { asRead } from './leak-text.ts';

export interface Named {
  name: string;
}

/** Shorter ones are initials, or words of some language. */
const SHORTEST_PART = 3;

/**
 * Names that are ordinary words too: alone they say nothing of anybody. Months, and what sentences begin with.
 * Together with the rest of the name they are a name.
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
  ].flatMap((line) => line.split(' ')),
);

interface Word {
  /** As it stands there. */
  text: string;
  low: string;
}

const wordsOf = (text: string): Word[] =>
  (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => ({ text: word, low: word.toLowerCase() }));

const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word);

/**
 * Whose names stand in a text. A whole name counts however it is written, in either order. A first name or a surname
 * alone counts when it has three letters or more, begins with a capital as names do, and is no ordinary word: `Ada`
 * gives somebody away, while `may`, `Will it happen again?` or `the field` must not hold up a publication. Languages that
 * do not write capitals have whole names only. Words of the client's own name or service are theirs to read.
 */
export const namesIn = (
  text: string,
  { people, allowed }: { people: readonly Named[]; allowed: string },
): string[] => {
  const words = wordsOf(text);
  const line = ` ${words.map(({ low }) => low).join(' ')} `;
  const theirs = new Set(wordsOf(asRead(allowed)[1]).map(({ low }) => low));
  const capitals = new Set(words.filter((word) => isCapital(word.text)).map(({ low }) => low));
  return people
    .map(({ name }) => name)
    .filter((name) => {
      const parts = wordsOf(asRead(name)[1]);
      const lows = parts.map(({ low }) => low);
      const isWhole = [lows, lows.toReversed()].some((order) => line.includes(` ${order.join(' ')} `));
      if (lows.length > 1 && isWhole) return true;
      return parts.some(
        ({ text: part, low }) =>
          part.length >= SHORTEST_PART && capitals.has(low) && !ORDINARY.has(low) && !theirs.has(low),
      );
    });
};
