import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { Refused } from '../../shared/domain/refused.ts';
import { api } from '../../shared/edge/http.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { type RouteRequest, route } from '../../shared/edge/route.ts';
import { commitWithRetry } from '../../shared/workflow/engine/commit.ts';
import { ADMIN_KEY, namedIn, problemIn, request, WRITER_KEY, worldForEdge } from './world.ts';

const Thing = z.object({ id: z.string(), version: z.number(), name: z.string(), key: z.string() });
const Body = z.strictObject({ name: z.string(), size: z.number().optional() });
const made: string[] = [];
let trouble: 'none' | 'before the commit' | 'after the commit' | 'refused' = 'none';

const make = async ({ ports, caller, body }: RouteRequest<unknown, unknown, z.infer<typeof Body>>) => {
  if (trouble === 'refused') throw new Refused('illegal-move', 'Not now.');
  if (trouble === 'before the commit') throw new Error('The store could not be reached.');
  const result = { id: `thg_${caller.invocation.id}`, version: 1, name: body.name, key: 'shown-once' };
  const kept = await commitWithRetry(ports, async () => ({ writes: [], result }), caller);
  made.push(kept.id);
  if (trouble === 'after the commit') throw new Error('The answer of the store was lost.');
  return kept;
};

const spec = {
  about: 'Makes one.',
  needs: 'write',
  body: Body,
  response: Thing,
  status: 201,
  location: ({ id }: { id: string }) => `/v1/things/${id}`,
  secrets: ['key'],
} as const;
const handler = api('things', [
  route('POST /v1/things', { ...spec, secrets: ['key'] }, make),
  route('POST /v1/others/{id}', { ...spec, secrets: ['key'] }, make),
  route('PUT /v1/things', { ...spec, secrets: ['key'] }, make),
]);

let world = worldForEdge();
beforeEach(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
  world = worldForEdge();
  usePorts(world.ports);
  made.length = 0;
  trouble = 'none';
});

interface Post {
  line?: string;
  once?: string;
  body?: unknown;
  key?: string;
}
const post = ({ line = 'POST /v1/things', once = 'k-1', body = { name: 'a' }, key = ADMIN_KEY }: Post = {}) =>
  handler(request(line, { key, body, headers: { 'idempotency-key': once } }));

describe('a POST with an Idempotency-Key', () => {
  it('is done once and answered the same', async () => {
    const first = await post();
    const again = await post();
    expect(made).toHaveLength(1);
    expect(again.statusCode).toBe(201);
    expect(again.headers).toMatchObject({
      location: first.headers.location,
      etag: '"1"',
      'idempotency-replayed': 'true',
    });
    expect(JSON.parse(again.body)).toEqual({ ...JSON.parse(first.body), key: undefined });
  });

  it('shows a secret once and never keeps it', async () => {
    expect(JSON.parse((await post()).body).key).toBe('shown-once');
    expect(JSON.stringify([...world.answers.values()])).not.toContain('shown-once');
  });

  it('keeps the answer 48 hours', async () => {
    await post();
    const [kept] = world.answers.values();
    expect(kept?.expiresAt).toBe(Date.parse('2026-05-03T09:00:00.000Z') / 1000);
  });

  it('is the same request when its body is spelled differently', async () => {
    await post({ body: '{"name":"a","size":1}' });
    await post({ body: '{ "size": 1, "name": "\\u0061" }' });
    expect(made).toHaveLength(1);
  });

  it('is refused with another body, and changes nothing', async () => {
    await post();
    expect(problemIn(await post({ body: { name: 'b' } }))).toMatchObject({ status: 422, code: 'key-reused' });
    expect(made).toHaveLength(1);
  });

  it.each<[string, Post]>([
    ['another key', { once: 'k-2' }],
    ['another caller', { key: WRITER_KEY }],
    ['another route', { line: 'POST /v1/others/1' }],
  ])('is another request with %s', async (_, other) => {
    await post();
    await post(other);
    expect(made).toHaveLength(2);
  });

  it('is another request on another thing of the same route', async () => {
    await post({ line: 'POST /v1/others/1' });
    await post({ line: 'POST /v1/others/2' });
    expect(made).toHaveLength(2);
  });

  it('is answered by the twin that won the race', async () => {
    const replies = await Promise.all([post(), post(), post()]);
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    expect(new Set(replies.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
    expect(made).toHaveLength(1);
  });

  it('is answered though the outcome of its commit was lost', async () => {
    trouble = 'after the commit';
    expect((await post()).statusCode).toBe(201);
    expect((await post()).statusCode).toBe(201);
    expect(made).toHaveLength(1);
  });

  it.each([
    ['refused', 409],
    ['before the commit', 500],
  ] as const)('that failed (%s) is tried anew', async (reason, status) => {
    trouble = reason;
    expect((await post()).statusCode).toBe(status);
    trouble = 'none';
    expect((await post()).statusCode).toBe(201);
    expect(made).toHaveLength(1);
  });

  it.each(['', 'two words', 'é', 'x'.repeat(256)])('is refused when the key is %j', async (once) => {
    const reply = await post({ once });
    expect(reply.statusCode).toBe(400);
    expect(namedIn(reply)).toEqual(['headers.Idempotency-Key']);
  });

  it('means nothing to other methods, which may be repeated as they are', async () => {
    await post({ line: 'PUT /v1/things' });
    await post({ line: 'PUT /v1/things' });
    expect(made).toHaveLength(2);
    expect(world.answers.size).toBe(0);
  });
});
