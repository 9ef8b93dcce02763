import markdownIt, { type MarkdownIt, type RendererRule, type Token } from 'markdown-it';
import { type Html, html, verbatim } from '../domain/html.ts';

/** Deeper quotes and lists than anybody writes are shown as text. */
const DEEPEST = 20;
const WEB_OR_MAIL = /^(?:https?:\/\/|mailto:)/i;
const REL = 'noopener noreferrer nofollow';

const below = (tag: string, under: unknown): string =>
  `h${Math.max(Number(tag.slice(1)), 1 + Number(under ?? 0))}`;

const heading: RendererRule = (tokens, place, options, env, self) => {
  const token = tokens[place];
  if (token) token.tag = below(token.tag, env?.under);
  return self.renderToken(tokens, place, options);
};

const link: RendererRule = (tokens, place, options, _env, self) => {
  tokens[place]?.attrSet('rel', REL);
  return self.renderToken(tokens, place, options);
};

const isInLink = (tokens: Token[], place: number): boolean =>
  tokens
    .slice(0, place)
    .reduce((open, { type }) => open + Number(type === 'link_open') - Number(type === 'link_close'), 0) > 0;

/** A picture from elsewhere would tell them who reads: it is a link. */
const image: RendererRule = (tokens, place) => {
  const token = tokens[place];
  const address = String(token?.attrGet('src') ?? '');
  const words = token?.content || address;
  if (isInLink(tokens, place)) return html`${words}`.html;
  return html`<a href="${address}" rel="${REL}">${words}</a>`.html;
};

/** Nothing of a page may carry a style of its own: how a column is set is a class. */
const cell: RendererRule = (tokens, place, options, _env, self) => {
  const token = tokens[place];
  const align = /text-align:(\w+)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
  if (token?.attrs) token.attrs = align ? [['class', align]] : [];
  return self.renderToken(tokens, place, options);
};

const rendererOf = (): MarkdownIt => {
  const markdown = markdownIt('default', {
    html: false,
    linkify: false,
    typographer: false,
    maxNesting: DEEPEST,
  });
  markdown.validateLink = (address) => WEB_OR_MAIL.test(address.trim());
  Object.assign(markdown.renderer.rules, {
    heading_open: heading,
    heading_close: heading,
    link_open: link,
    image,
    th_open: cell,
    td_open: cell,
    table_open: () => '<div class="wide"><table>\n',
    table_close: () => '</table></div>\n',
  });
  return markdown;
};

const renderer = rendererOf();

/**
 * Markdown as HTML that is harmless whoever wrote it: no HTML of theirs, only web and mail addresses, and nothing that
 * is loaded from elsewhere. None of its headings ranks as high as `under`.
 */
export const rendered = (markdown: string, under = 0): Html => verbatim(renderer.render(markdown, { under }));
