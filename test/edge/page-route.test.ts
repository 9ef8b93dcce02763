import { expect, it } from 'vitest';
import { api } from '../../shared/edge/http.ts';
import { openApi } from '../../shared/edge/openapi.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { route } from '../../shared/edge/route.ts';
import { pageHeaders } from '../../shared/pages/layout.ts';
import { problemIn, READER_KEY, request, worldForEdge } from './world.ts';

const shown = route(
  'GET /v1/things/{id}/proof.html',
  { about: 'Shows it.', needs: 'read', page: (name: string) => `<p>${name}</p>` },
  async ({ path }) => path.id,
);
const text = route(
  'GET /v1/things/{id}/document.md',
  {
    about: 'Writes it.',
    needs: 'read',
    text: { type: 'text/markdown', of: (name: string) => `# ${name}\n` },
  },
  async ({ path }) => path.id,
);
const later = route(
  'GET /v1/things/{id}/later.html',
  { about: 'Shows it later.', needs: 'read', page: async (name: string) => `<p>${name}</p>` },
  async ({ path }) => path.id,
);
const handler = api('things', [shown, text, later]);

it('answers with a page for people, under the headers of every page', async () => {
  usePorts(worldForEdge().ports);
  const { statusCode, headers, body } = await handler(
    request('GET /v1/things/one/proof.html', { key: READER_KEY }),
  );
  expect([statusCode, body]).toEqual([200, '<p>one</p>']);
  expect(headers).toMatchObject(pageHeaders());
});

it('waits for a page that has to be loaded first', async () => {
  usePorts(worldForEdge().ports);
  const { body } = await handler(request('GET /v1/things/one/later.html', { key: READER_KEY }));
  expect(body).toBe('<p>one</p>');
});

it('answers with a document of its own type, kept by nobody', async () => {
  usePorts(worldForEdge().ports);
  const { statusCode, headers, body } = await handler(
    request('GET /v1/things/one/document.md', { key: READER_KEY }),
  );
  expect([statusCode, body]).toEqual([200, '# one\n']);
  expect(headers).toMatchObject({
    ...{ 'content-type': 'text/markdown; charset=utf-8', 'cache-control': 'no-store' },
    'x-content-type-options': 'nosniff',
  });
  const { responses } = openApi([text]).paths['/v1/things/{id}/document.md']?.get ?? {};
  expect(responses?.[200]).toMatchObject({ content: { 'text/markdown': { schema: { type: 'string' } } } });
});

it('is guarded like any other route, and says no in JSON', async () => {
  usePorts(worldForEdge().ports);
  const refused = await handler(request('GET /v1/things/one/proof.html', { key: 'fbk_another' }));
  expect(problemIn(refused)).toMatchObject({ status: 401, code: 'unauthenticated' });
});

it('is described as what it is', () => {
  const { responses } = openApi([shown]).paths['/v1/things/{id}/proof.html']?.get ?? {};
  expect(responses?.[200]).toEqual({
    description: 'Done',
    content: { 'text/html': { schema: { type: 'string' } } },
  });
});
