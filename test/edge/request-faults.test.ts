import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { api } from '../../shared/edge/http.ts';
import { ListQuery } from '../../shared/edge/list-query.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { route } from '../../shared/edge/route.ts';
import { namedIn, problemIn, request, worldForEdge } from './world.ts';

const Thing = z.strictObject({
  name: z.string().min(1),
  size: z.enum(['small', 'large']),
  steps: z.array(z.strictObject({ delay: z.number() })).default([]),
  owner: z.union([z.strictObject({ person: z.string() }), z.number()]).optional(),
});
const seen: unknown[] = [];

const handler = api('things', [
  route(
    'POST /v1/things',
    {
      about: 'Makes a thing.',
      needs: 'write',
      body: Thing,
      query: z.strictObject({ dry: z.stringbool().optional() }),
    },
    async ({ body }) => seen.push(body),
  ),
  route(
    'GET /v1/things',
    { about: 'Lists.', needs: 'read', query: ListQuery.extend({ tag: z.array(z.string()).optional() }) },
    async ({ query }) => seen.push(query),
  ),
  route(
    'PATCH /v1/things/{id}',
    {
      about: 'Changes.',
      needs: 'write',
      path: z.strictObject({ id: z.string().regex(/^thg_/) }),
      body: Thing.partial(),
    },
    async ({ body }) => seen.push(body),
  ),
]);

const good = { name: 'a', size: 'small' };
const KB = 1024;
const json = (text: string): Uint8Array => new TextEncoder().encode(text);

beforeEach(() => {
  seen.length = 0;
  usePorts(worldForEdge().ports);
});

describe('a request that is at fault', () => {
  it.each([
    ['malformed JSON', '{"name":', 400, ['body']],
    ['malformed JSON in base64', json('{"name":'), 400, ['body']],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe), 400, ['body']],
    [
      'wrong types',
      { name: 7, size: 'huge', steps: [{ delay: '5' }] },
      400,
      ['body.name', 'body.size', 'body.steps[0].delay'],
    ],
    [
      'unknown fields',
      { ...good, colour: 1, weight: 2, steps: [{ delay: 1, x: 1 }] },
      400,
      ['body.steps[0].x', 'body.colour', 'body.weight'],
    ],
    ['missing fields', {}, 400, ['body.name', 'body.size']],
    ['an array for an object', [], 400, ['body']],
    ['null', 'null', 400, ['body']],
    ['no alternative that fits', { ...good, owner: { person: 7 } }, 400, ['body.owner.person']],
    ['513 KB', { ...good, name: 'a'.repeat(513 * KB) }, 413, []],
    ['513 KB in base64', json(JSON.stringify({ ...good, name: 'a'.repeat(513 * KB) })), 413, []],
    ['10,000 levels', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400, ['body']],
    ['__proto__', '{"name":"a","size":"small","__proto__":{"admin":true}}', 400, ['body.__proto__']],
    ['NUL', '{"name":"a\\u0000","size":"small"}', 400, ['body.name']],
    ['a lone surrogate', '{"name":"\\ud800","size":"small"}', 400, ['body.name']],
  ])('with %s is told so', async (_, body, status, paths) => {
    const reply = await handler(request('POST /v1/things', { body }));
    expect(reply.statusCode).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(namedIn(reply)).toEqual(paths);
    expect(seen).toEqual([]);
  });

  it('without a body is told what is missing', async () => {
    const reply = await handler(request('POST /v1/things'));
    expect(problemIn(reply).errors).toEqual([
      { path: 'body.name', message: 'is required' },
      { path: 'body.size', message: 'is required' },
    ]);
  });

  it.each([
    ['none', {}, 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['another character set', { 'content-type': 'application/json; charset=latin1' }, 415],
    ['JSON', { 'content-type': 'application/json' }, 200],
    ['JSON in UTF-8', { 'content-type': 'Application/JSON; charset=utf-8' }, 200],
    ['a kind of JSON', { 'content-type': 'application/merge-patch+json' }, 200],
  ])('whose content type is %s is answered accordingly', async (_, headers, status) => {
    const event = request('PATCH /v1/things/thg_1', { body: { name: 'b' } });
    const reply = await handler({
      ...event,
      headers: { authorization: event.headers?.authorization, ...headers },
    });
    expect(reply.statusCode === 204 ? 200 : reply.statusCode).toBe(status);
    if (status === 415) expect(problemIn(reply).code).toBe('not-json');
  });

  it.each([
    ['GET /v1/things?limit=0', ['query.limit']],
    ['GET /v1/things?limit=101', ['query.limit']],
    ['GET /v1/things?limit=ten&cursor=', ['query.limit', 'query.cursor']],
    ['GET /v1/things?limit=1&limit=2&cursor=a&cursor=b', ['query.limit', 'query.cursor']],
    ['GET /v1/things?colour=red&weight=2', ['query.colour', 'query.weight']],
    ['GET /v1/things?cursor=%ff', ['query.cursor']],
    ['GET /v1/things?%zz=1', ['query']],
    ['GET /v1/things?cursor=a%00b', ['query.cursor']],
    ['GET /v1/things?__proto__=1', ['query.__proto__']],
    ['PATCH /v1/things/%ff', ['path.id']],
    ['PATCH /v1/things/a%00b', ['path.id']],
    ['PATCH /v1/things/other_1', ['path.id']],
  ])('%s names what is wrong', async (line, paths) => {
    const reply = await handler(request(line));
    expect(reply.statusCode).toBe(400);
    expect(namedIn(reply)).toEqual(paths);
    expect(seen).toEqual([]);
  });

  it('is told of path, query, headers and body together', async () => {
    const headers = { 'if-match': 'three' };
    const reply = await handler(request('PATCH /v1/things/x?y=1', { body: { size: 1 }, headers }));
    expect(namedIn(reply)).toEqual(['path.id', 'query.y', 'body.size', 'headers.If-Match']);
  });

  it('never gets 5xx, whatever bytes it sends', async () => {
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ ...good, owner: value })),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        usePorts(worldForEdge().ports);
        const { statusCode } = await handler(request('POST /v1/things', { body }));
        expect(statusCode).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
  });

  it('never gets 5xx, whatever its path and query are', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, text, async (path, rawQueryString) => {
        usePorts(worldForEdge().ports);
        const event = request('PATCH /', { body: {} });
        const { statusCode } = await handler({ ...event, rawPath: `/v1/things/${path}`, rawQueryString });
        expect(statusCode).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a request that is in order', () => {
  it('reaches its handler parsed, from base64 too', async () => {
    await handler(request('POST /v1/things', { body: json('{"name":"é","size":"large"}') }));
    expect(seen).toEqual([{ name: 'é', size: 'large', steps: [] }]);
  });

  it.each([
    ['GET /v1/things', { limit: 25 }],
    ['GET /v1/things?limit=100&cursor=a%20b+c', { limit: 100, cursor: 'a b c' }],
    ['GET /v1/things?tag=a', { limit: 25, tag: ['a'] }],
    ['GET /v1/things?tag=a&tag=b', { limit: 25, tag: ['a', 'b'] }],
  ])('%s is read', async (line, query) => {
    expect((await handler(request(line))).statusCode).toBe(204);
    expect(seen).toEqual([query]);
  });
});
