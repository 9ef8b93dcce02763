/** The alphabet of text messages (GSM 03.38): one character outside it halves what fits into the whole text. */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const SINGLE = new Set(BASIC);
/** These take two places each. */
const DOUBLE = new Set('^{}\\[~]|€');

const ONE_PART = 160;
const EACH_OF_MANY = 153;

const SPELT: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '`': "'",
  '´': "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '•': '*',
  '·': '*',
  '→': '->',
  '←': '<-',
  '×': 'x',
  '≥': '>=',
  '≤': '<=',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
  Œ: 'OE',
  œ: 'oe',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
  Ð: 'D',
};

const PICTURES =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0e|\ufe0f|\u20e3/gu;
const known = (character: string): boolean => SINGLE.has(character) || DOUBLE.has(character);

const spell = (character: string): string => {
  if (known(character)) return character;
  const bare = SPELT[character] ?? character.normalize('NFKD').replace(/\p{M}/gu, '');
  return bare !== '' && [...bare].every(known) ? bare : '?';
};

/** The text in that alphabet: accents and quotes spelt plainly, pictures left out, the rest a question mark. */
export const toGsm = (text: string): string =>
  [...text.normalize('NFC').replace(PICTURES, '')]
    .map(spell)
    .join('')
    .replace(/\?{2,}/g, '?')
    .replace(/ {2,}/g, ' ')
    .trim();

/** How many places a text in that alphabet takes. */
export const septets = (text: string): number =>
  [...text].reduce((sum, character) => sum + (DOUBLE.has(character) ? 2 : 1), 0);

/** How many messages carry a text in that alphabet. */
export const parts = (text: string): number =>
  septets(text) <= ONE_PART ? 1 : Math.ceil(septets(text) / EACH_OF_MANY);

/** What two messages carry. */
export const TWO_PARTS = 2 * EACH_OF_MANY;

/** The text in at most that many places; what was cut ends in two dots. */
export const cutToSeptets = (text: string, most: number): string => {
  if (septets(text) <= most) return text;
  let kept = '';
  for (const character of text) {
    if (septets(kept + character) > most - 2) break;
    kept += character;
  }
  return `${kept.trimEnd()}..`;
};
