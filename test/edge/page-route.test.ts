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
const handler = api('things', [shown]);

it('answers with a page for people, under the headers of every page', async () => {
  usePorts(worldForEdge().ports);
  const { statusCode, headers, body } = await handler(
    request('GET /v1/things/one/proof.html', { key: READER_KEY }),
  );
  expect([statusCode, body]).toEqual([200, '<p>one</p>']);
  expect(headers).toMatchObject(pageHeaders());
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
