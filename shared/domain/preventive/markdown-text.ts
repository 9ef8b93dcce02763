import { oneLine } from '../one-line.ts';

/** What would make more of a line than words: emphasis, code, links, HTML, tables, entities. */
const MARKS = /[\\`*[\]<>|]|~~|_(?!\w)|(?<!\w)_|&(?=#?\w{1,40};)/g;
/** What would make more of it where it begins: headings, lists, quotes, underlines, fences. */
const BEGINNING = /^(?:[>=~+-]|#(?=#{0,5}(?:\s|$)))|(?<=^\d{1,9})[.)](?=\s|$)/;

/** Text that somebody wrote, within a line of Markdown that shows exactly it. */
export const asWords = (text: string): string => oneLine(text).replace(MARKS, '\\$&');

/** The same where it may begin the line. */
export const asLine = (text: string): string => asWords(text).replace(BEGINNING, '\\$&');

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** Markdown with nothing left open at its end that would swallow what follows it. */
export const closed = (markdown: string): string => {
  let open = '';
  for (const line of markdown.split('\n')) {
    const [, fence = '', rest = ''] = FENCE.exec(line) ?? [];
    if (!fence || (!open && fence.startsWith('`') && rest.includes('`'))) continue;
    if (!open) open = fence;
    else if (fence.startsWith(open) && rest.trim() === '') open = '';
  }
  return open ? `${markdown.trimEnd()}\n${open}` : markdown.trim();
};

/** A web address as it may stand in a link; undefined when it is none. */
export const webAddress = (url: string | undefined): string | undefined => {
  if (!url || !/^https?:\/\//i.test(url) || /\s/.test(url)) return undefined;
  return url.replace(/[()<>\\[\]|`"]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
};

/** `[words](address)`, or the words alone where the address is none of the web's. */
export const linkTo = (words: string, url: string | undefined): string => {
  const address = webAddress(url);
  return address ? `[${asWords(words)}](${address})` : asWords(words);
};
