const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  shy: '',
  zwj: '',
  zwnj: '',
  commat: '@',
  period: '.',
  lowbar: '_',
  sol: '/',
  colon: ':',
  hyphen: '-',
};

const character = (code: number): string =>
  Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';

/** `&eacute;`: for us it is the letter alone. */
const ACCENTED = /^([a-z])(?:acute|grave|circ|uml|ring|tilde|cedil|caron|slash|strok)$/i;

/** Entities as the page shows them. */
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    if (decimal) return character(Number(decimal));
    if (hex) return character(Number.parseInt(hex, 16));
    return ACCENTED.exec(name)?.[1] ?? ENTITIES[String(name).toLowerCase()] ?? whole;
  });

/** `%40` in an address, as the browser reads it. */
const addressed = (text: string): string =>
  text.replace(/%([2-7][\da-f])/gi, (_, hex) => character(Number.parseInt(hex, 16)));

/** Letters that are no letter with an accent. */
const FOLDED: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L' },
  ...{ đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ı: 'i' },
};
const FOLDING = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'g');

/** Marks that show nothing. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\uffa0]/gu;

/**
 * A text as somebody reads it: twice, for an underscore or a star is emphasis in one place and part of a name in
 * another. Letters without their accents, one way of writing for each.
 */
export const asRead = (markdown: string): [string, string] => {
  const text = addressed(decoded(markdown))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(FOLDING, (letter) => FOLDED[letter] ?? letter)
    .replace(INVISIBLE, '')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');
  return [text, text.replace(/[*_~`]/g, '')];
};
