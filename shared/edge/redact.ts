import { channels } from '../domain/channels/registry.ts';

type Mask = [RegExp, (...found: string[]) => string];

/** What is personal or secret, by what it looks like: it does not matter which field it came in. */
const SENSITIVE: Mask[] = [
  [/\b(Bearer|GenieKey|Basic|Token token=)\s*[^\s"',;]+/gi, (_, scheme = '') => `${scheme} •••`],
  [/\bfbk_[\w-]+/g, () => 'fbk_•••'],
  /** Whoever has the last part of a one-tap link or of a notice's answers in somebody's name. */
  [/\/([an]\/[\w-]+\/[\w-]+)\/[\w.~%-]+/g, (_, whose = '') => `/${whose}/•••`],
  ...channels.map(({ address }): Mask => [address.inText, address.mask]),
  /** Keys and the tokens of links. Ids (30 characters) and UUIDs (36, with hyphens) are shorter. */
  [/\b(?=[A-Za-z]*\d)[A-Za-z0-9]{32,}\b/g, () => '•••'],
  [/(?<![\w-])(?=[\w-]*\d)[\w-]{40,}(?![\w-])/g, () => '•••'],
];

/** The text without telephone numbers, e-mail addresses, keys and tokens. */
export const redact = (text: string): string =>
  SENSITIVE.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), text);
