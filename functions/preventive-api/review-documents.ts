import * as z from 'zod';
import {
  clientMarkdown,
  clientTitle,
  reviewMarkdown,
} from '../../shared/domain/preventive/document/document.ts';
import { BUILT_IN, PLACEHOLDERS } from '../../shared/domain/preventive/document/template.ts';
import { ReviewTemplate } from '../../shared/domain/preventive/review/review.ts';
import { type Route, route } from '../../shared/edge/route.ts';
import type { Caller } from '../../shared/workflow/engine/caller.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { type ReviewDocument, reviewDocument } from '../../shared/workflow/reviews/document.ts';
import { forgetTemplate, keepTemplate, showTemplate } from '../../shared/workflow/reviews/template.ts';

const For = z.strictObject({
  for: z
    .enum(['us', 'client'])
    .default('us')
    .describe("`us`: the whole review. `client`: the client's version as it would be published now."),
});
type For = z.infer<typeof For>['for'];

type Asked = ReviewDocument & { reader: For };

const asked = async (ports: Ports, { principal }: Caller, { id, reader }: { id: string; reader: For }) => ({
  ...(await reviewDocument(ports, principal, id)),
  reader,
});

const NOT_YET =
  '*Nothing has been written for the client yet: write the sections client-summary and client-cause.*\n';

const markdownOf = ({ reader, contents, context }: Asked): string =>
  reader === 'us' ? reviewMarkdown(contents, context) : clientMarkdown(contents, context) || NOT_YET;

/** What makes pages of Markdown is loaded where one is shown. */
const pageOf = async (document: Asked): Promise<string> => {
  const { clientPage, reviewPage } = await import('../../shared/pages/review-page.ts');
  if (document.reader === 'us') return reviewPage(document);
  const { contents, context } = document;
  const foot = `A preview of revision ${contents.review.revision}: this is how it would be published now.`;
  return clientPage({ title: clientTitle(contents, context), markdown: markdownOf(document), foot });
};

const { internal, client } = ReviewTemplate.shape;
const TemplateBody = z
  .strictObject({
    internal: internal.describe('Markdown with `{{placeholders}}`, for the internal document.'),
    client: client.describe('Markdown with `{{placeholders}}`, for the client document.'),
  })
  .refine((body) => body.internal !== undefined || body.client !== undefined, {
    error: 'needs `internal` or `client`; to return to the built-in layout, DELETE the template',
  });

const Layouts = z.object({ internal: z.string(), client: z.string() });
const Names = z.object({ internal: z.array(z.string()), client: z.array(z.string()) });
const { kind: _, ...kept } = ReviewTemplate.shape;
const TemplateView = z.object({
  ...z.object(kept).partial().shape,
  clientId: z.string(),
  builtIn: Layouts.describe('The built-in layouts, used when the client has no template.'),
  placeholders: Names.describe('The placeholders that each template may use.'),
});

const shown = (template: object): object => ({
  ...template,
  builtIn: { internal: BUILT_IN.us, client: BUILT_IN.client },
  placeholders: { internal: PLACEHOLDERS.us, client: PLACEHOLDERS.client },
});

const TEMPLATE = '/v1/clients/{id}/review-template';

export const routes: Route[] = [
  route(
    'GET /v1/reviews/{id}/document.md',
    {
      about: 'The review as one Markdown document.',
      needs: 'read',
      query: For,
      text: { type: 'text/markdown', of: markdownOf },
    },
    ({ ports, caller, path, query }) => asked(ports, caller, { id: path.id, reader: query.for }),
  ),
  route(
    'GET /v1/reviews/{id}/document.html',
    { about: 'The review as a page to read and to print on A4.', needs: 'read', query: For, page: pageOf },
    ({ ports, caller, path, query }) => asked(ports, caller, { id: path.id, reader: query.for }),
  ),
  route(
    `GET ${TEMPLATE}`,
    {
      about: "Shows the client's review template and the available placeholders.",
      needs: 'read',
      response: TemplateView,
      present: shown,
    },
    ({ ports, caller, path }) => showTemplate(ports, caller, path.id),
  ),
  route(
    `PUT ${TEMPLATE}`,
    {
      about: "Replaces the client's review template.",
      needs: 'admin',
      body: TemplateBody,
      response: TemplateView,
      present: shown,
    },
    ({ ports, caller, ifMatch, path, body: layouts }) =>
      keepTemplate(ports, { ...caller, ifMatch }, { clientId: path.id, layouts }),
  ),
  route(
    `DELETE ${TEMPLATE}`,
    { about: 'Removes the template; the built-in layout is used again.', needs: 'admin', status: 204 },
    ({ ports, caller, ifMatch, path }) => forgetTemplate(ports, { ...caller, ifMatch }, path.id),
  ),
];
