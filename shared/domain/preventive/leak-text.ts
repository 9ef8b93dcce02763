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

/** Entities as the page shows them. */
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    if (decimal) return character(Number(decimal));
    if (hex) return character(Number.parseInt(hex, 16));
    return ENTITIES[String(name).toLowerCase()] ?? whole;
  });

/** Marks that show nothing. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\uffa0]/gu;

/**
 * A text as somebody reads it: twice, for an underscore or a star is emphasis in one place and part of a name in
 * another. Letters without their accents, one way of writing for each.
 */
export const asRead = (markdown: string): [string, string] => {
  const text = decoded(markdown)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(INVISIBLE, '')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');

  return [text, text.replace(/[*_~`]/g, '')];
};
