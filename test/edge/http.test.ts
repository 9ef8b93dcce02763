import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type RefusalCode, Refused } from '../../shared/domain/refused.ts';
import { api } from '../../shared/edge/http.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { route } from '../../shared/edge/route.ts';
import { namedIn, problemIn, request, worldForEdge } from './world.ts';

const Thing = z.object({ id: z.string(), version: z.number(), name: z.string() });
const stored = { kind: 'thing', id: 'thg_1', version: 3, name: 'a', keyHash: 'never shown' };
const seenVersions: (number | undefined)[] = [];

const handler = api('things', [
  route('GET /v1/things/{id}', { about: 'Gives one.', needs: 'read', response: Thing }, async () => stored),
  route(
    'POST /v1/things',
    {
      about: 'Makes one.',
      needs: 'write',
      response: Thing,
      status: 201,
      present: (thing: typeof stored) => ({ ...thing, name: thing.name.toUpperCase() }),
      location: ({ id }) => `/v1/things/${id}`,
    },
    async () => stored,
  ),
  route('DELETE /v1/things/{id}', { about: 'Removes one.', needs: 'write' }, async ({ ifMatch }) => {
    seenVersions.push(ifMatch);
  }),
  route('GET /v1/broken', { about: 'Breaks.', needs: 'none', response: Thing }, async () => ({ id: 7 })),
  route('GET /v1/secret-trouble', { about: 'Throws.', needs: 'none' }, async () => {
    throw new Error('the password is hunter2');
  }),
  route('GET /v1/refused/{code}', { about: 'Refuses.', needs: 'none' }, async ({ path }) => {
    throw new Refused(path.code as RefusalCode, 'Do this instead.', [
      { path: 'body.a', message: 'is wrong' },
    ]);
  }),
]);

beforeEach(() => {
  seenVersions.length = 0;
  usePorts(worldForEdge().ports);
});

describe('an answer', () => {
  it('shows what its schema declares and nothing else', async () => {
    const reply = await handler(request('GET /v1/things/thg_1'));
    expect(reply.statusCode).toBe(200);
    expect(JSON.parse(reply.body)).toEqual({ id: 'thg_1', version: 3, name: 'a' });
  });

  it('says that it is not to be kept, what it is, and which request it answers', async () => {
    const { headers } = await handler(request('GET /v1/things/thg_1'));
    expect(headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-correlation-id': 'req-1',
      etag: '"3"',
    });
  });

  it.each([
    ['order-17:a', 'order-17:a'],
    ['two words\n', 'req-1'],
    ['x'.repeat(129), 'req-1'],
  ])('carries the correlation id %j as %j', async (given, carried) => {
    const reply = await handler(request('GET /v1/nowhere', { headers: { 'x-correlation-id': given } }));
    expect(reply.headers['x-correlation-id']).toBe(carried);
  });

  it('of a creation is 201 with the place of what was made, as it is presented', async () => {
    const reply = await handler(request('POST /v1/things'));
    expect(reply.statusCode).toBe(201);
    expect(reply.headers.location).toBe('/v1/things/thg_1');
    expect(JSON.parse(reply.body).name).toBe('A');
  });

  it('without a response is 204 and empty', async () => {
    expect(await handler(request('DELETE /v1/things/thg_1'))).toMatchObject({ statusCode: 204, body: '' });
  });

  it('to HEAD is that to GET without its body', async () => {
    const get = await handler(request('GET /v1/things/thg_1'));
    expect(await handler(request('HEAD /v1/things/thg_1'))).toEqual({ ...get, body: '' });
    expect(await handler(request('HEAD /v1/nowhere'))).toMatchObject({ statusCode: 404, body: '' });
  });

  it('to another method is 405 and says which there are', async () => {
    const reply = await handler(request('PUT /v1/things/thg_1'));
    expect(reply.statusCode).toBe(405);
    expect(reply.headers.allow).toBe('GET, HEAD, DELETE');
    expect(problemIn(reply).code).toBe('method-not-allowed');
  });

  it('to an unknown path is 404', async () => {
    expect(problemIn(await handler(request('GET /v1/nowhere')))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
  });
});

describe('If-Match', () => {
  it.each([
    ['"3"', 3],
    ['3', 3],
    [' "12" ', 12],
    ['*', undefined],
  ])('%s is the version %s', async (text, version) => {
    const reply = await handler(request('DELETE /v1/things/a', { headers: { 'if-match': text } }));
    expect(reply.statusCode).toBe(204);
    expect(seenVersions).toEqual([version]);
  });

  it.each(['three', '"3', 'W/"3"', '"3", "4"', '-1', '1.5', '9'.repeat(16)])(
    '%s is refused',
    async (text) => {
      const reply = await handler(request('DELETE /v1/things/a', { headers: { 'if-match': text } }));
      expect(reply.statusCode).toBe(400);
      expect(namedIn(reply)).toEqual(['headers.If-Match']);
      expect(seenVersions).toEqual([]);
    },
  );
});

describe('a refusal', () => {
  it.each([
    ['invalid', 400, {}],
    ['unauthenticated', 401, { 'www-authenticate': 'Bearer' }],
    ['forbidden', 403, {}],
    ['not-found', 404, {}],
    ['illegal-move', 409, {}],
    ['in-use', 409, {}],
    ['stale', 412, {}],
    ['too-large', 413, {}],
    ['not-json', 415, {}],
    ['key-reused', 422, {}],
    ['too-many', 429, { 'retry-after': expect.stringMatching(/^\d+$/) }],
    ['unavailable', 503, { 'retry-after': expect.stringMatching(/^\d+$/) }],
  ])('%s is a problem with the status %i', async (code, status, headers) => {
    const reply = await handler(request(`GET /v1/refused/${code}`));
    expect(reply.statusCode).toBe(status);
    expect(reply.headers).toMatchObject({ 'content-type': 'application/problem+json', ...headers });
    expect(problemIn(reply)).toEqual({
      type: `/docs#${code}`,
      title: expect.any(String),
      status,
      code,
      detail: 'Do this instead.',
      errors: [{ path: 'body.a', message: 'is wrong' }],
    });
  });

  it.each(['/v1/secret-trouble', '/v1/broken'])('of our own making (%s) is a bare 500', async (path) => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const reply = await handler(request(`GET ${path}`));
    const logged = written.mock.calls.map(([line]) => String(line)).join('');
    written.mockRestore();
    expect(problemIn(reply)).toEqual({
      type: '/docs#internal',
      title: expect.any(String),
      status: 500,
      code: 'internal',
    });
    expect(JSON.parse(logged)).toMatchObject({ message: 'request.failed', function: 'things' });
  });
});
