import { oneLine } from '../../one-line.ts';

/** What would make more of a line than words: emphasis, code, links, HTML, tables, entities. */
const MARKS = /[\\`*[\]<>|]|~~|_(?!\w)|(?<!\w)_|&(?=#?\w{1,40};)/g;
/** What would make more of it where it begins: headings, lists, quotes, underlines, fences. */
const BEGINNING = /^(?:[>=~+-]|#(?=#{0,5}(?:\s|$)))|(?<=^\d{1,9})[.)](?=\s|$)/;

/** Text that somebody wrote, within a line of Markdown that shows exactly it. */
export const asWords = (text: string): string => oneLine(text).replace(MARKS, '\\$&');

/** The same where it may begin the line. */
export const asLine = (text: string): string => asWords(text).replace(BEGINNING, '\\$&');

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** Markdown line by line, with whether it is code; `open` is the fence that nobody closed. */
const eachLine = (
  markdown: string,
  become: (line: string, isCode: boolean) => string,
): { text: string; open: string } => {
  let open = '';
  const lines = markdown.split('\n').map((line) => {
    const [, fence = '', rest = ''] = FENCE.exec(line) ?? [];
    const isCode = open !== '';
    if (!isCode && !(fence.startsWith('`') && rest.includes('`'))) open = fence;
    else if (isCode && fence.startsWith(open) && rest.trim() === '') open = '';
    return become(line, isCode);
  });
  return { text: lines.join('\n'), open };
};

/** Markdown with nothing left open at its end that would swallow what follows it. */
export const closed = (markdown: string): string => {
  const { open } = eachLine(markdown, (line) => line);
  return open ? `${markdown.trimEnd()}\n${open}` : markdown.trim();
};

const HEADING = /^( {0,3})(#{1,6})(?=\s|$)/;
const LOWEST = 6;

/** Markdown that stands under a heading of this rank: its own headings are of lower ones. */
export const below = (rank: number, markdown: string): string =>
  eachLine(markdown, (line, isCode) =>
    isCode
      ? line
      : line.replace(HEADING, (_, indent: string, marks: string) =>
          indent.concat('#'.repeat(Math.min(LOWEST, rank + marks.length))),
        ),
  ).text;

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
