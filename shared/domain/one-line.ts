const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Marks that reorder or hide what follows them: nobody's alert title needs them, and a forged one would. */
const INVISIBLE = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text as one line: no breaks, control characters, lone surrogates, or marks that change how the rest is read. */
export const oneLine = (text: string): string =>
  text.toWellFormed().replace(BREAKS, ' ').replace(INVISIBLE, '').replace(/ {2,}/g, ' ').trim();

/** At most `longest` characters as people count them; what was cut ends in an ellipsis. */
export const cut = (text: string, longest: number): string => {
  const characters = [...text];
  if (characters.length <= longest) return text;
  return `${characters
    .slice(0, longest - 1)
    .join('')
    .trimEnd()}…`;
};
