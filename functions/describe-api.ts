/**
 * When: somebody asks what the API is (GET /openapi.json, GET /docs), or for a path that no function answers.
 * What: makes the description from the routes themselves; every other path is a problem that says where to look.
 * Safe to repeat: it reads nothing and changes nothing.
 */
import { Refused } from '../shared/domain/refused.ts';
import { type HttpEvent, type HttpReply, jsonReply } from '../shared/edge/http-event.ts';
import { httpFunction, type Wrapped } from '../shared/edge/lambda.ts';
import { openApi } from '../shared/edge/openapi.ts';
import { PROBLEMS, problemReply } from '../shared/edge/problem.ts';
import type { Route } from '../shared/edge/route.ts';
import { apiDocsPage, type DescribedProblem } from '../shared/pages/api-docs.ts';
import { allRoutes } from './routes.ts';

/** The function for the routes that it is given. */
export const describeApi = (routes: () => Promise<Route[]>): Wrapped<HttpEvent, HttpReply> => {
  const pages: Record<string, () => Promise<HttpReply>> = {
    '/openapi.json': async () => jsonReply(200, openApi(await routes())),
    '/docs': async () => docs(await routes()),
  };
  return httpFunction('describe-api', async (event) => {
    const page = Object.hasOwn(pages, event.rawPath) ? pages[event.rawPath] : undefined;
    if (!page) throw new Refused('not-found', 'Path not found. GET /openapi.json lists all paths.');
    if (['GET', 'HEAD'].includes(event.requestContext.http.method)) return page();
    return problemReply('method-not-allowed', {
      detail: 'This path accepts GET and HEAD.',
      headers: { allow: 'GET, HEAD' },
    });
  });
};

const docs = (routes: Route[]): HttpReply => ({
  statusCode: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  },
  body: apiDocsPage(openApi(routes), problems),
});

const problems: DescribedProblem[] = Object.entries(PROBLEMS).map(([code, { status, title }]) => ({
  code,
  status,
  title,
}));

export const handler = describeApi(allRoutes);
