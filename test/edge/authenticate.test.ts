import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { api } from '../../shared/edge/http.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { route } from '../../shared/edge/route.ts';
import {
  ADMIN_KEY,
  INTEGRATION_KEY,
  problemIn,
  READER_KEY,
  request,
  WRITER_KEY,
  worldForEdge,
} from './world.ts';

const Who = z.object({ id: z.string(), kind: z.string(), grants: z.array(z.unknown()) });
const who = async ({ caller }: { caller: { principal: unknown } }): Promise<unknown> => caller.principal;
const handler = api('who', [
  route('GET /v1/who', { about: 'Says who asks.', needs: 'read', response: Who }, who),
  route('PUT /v1/who', { about: 'Writes.', needs: 'write', response: Who }, who),
  route('DELETE /v1/who', { about: 'Governs.', needs: 'admin', response: Who }, who),
  route('GET /v1/open', { about: 'Asks nobody.', needs: 'none', response: Who }, who),
]);

let world = worldForEdge();
beforeEach(() => {
  world = worldForEdge();
  usePorts(world.ports);
});

const asking = (authorization?: string) =>
  handler(request('GET /v1/who', { key: '', headers: authorization ? { authorization } : {} }));
const MINUTE = 60_000;

describe('a key', () => {
  it.each([
    [ADMIN_KEY, { id: 'key_installation', kind: 'api-key', grants: [{ clientId: '*', role: 'admin' }] }],
    [READER_KEY, { id: 'key_reader', kind: 'api-key', grants: [{ clientId: '*', role: 'read' }] }],
  ])('%s makes its principal', async (key, principal) => {
    expect(JSON.parse((await asking(`bearer ${key}`)).body)).toEqual(principal);
  });

  it.each([
    ['is missing', undefined],
    ['is empty', 'Bearer '],
    ['is in another scheme', 'Basic dXNlcjpwYXNz'],
    ['is bare', ADMIN_KEY],
    ['holds a space', 'Bearer fbk_two words'],
    ['is endless', `Bearer ${'x'.repeat(513)}`],
    ['is unknown', 'Bearer fbk_nobody-made-this-one'],
    ['is almost the right one', `Bearer ${ADMIN_KEY}x`],
  ])('that %s is 401 and told what to do', async (_, authorization) => {
    const reply = await asking(authorization);
    expect(reply.headers['www-authenticate']).toBe('Bearer');
    expect(problemIn(reply)).toMatchObject({
      status: 401,
      code: 'unauthenticated',
      detail: expect.any(String),
    });
  });

  it('that is revoked dies within a minute, and sounds like one that never was', async () => {
    expect((await asking(`Bearer ${READER_KEY}`)).statusCode).toBe(200);
    world.revoke(READER_KEY);
    world.pass(MINUTE);
    const reply = await asking(`Bearer ${READER_KEY}`);
    expect(reply.statusCode).toBe(401);
    expect(reply.body).toBe((await asking('Bearer fbk_nobody-made-this-one')).body);
  });

  it('of an integration is not accepted, and the reason is said', async () => {
    const reply = await asking(`Bearer ${INTEGRATION_KEY}`);
    expect(problemIn(reply)).toMatchObject({
      status: 403,
      detail: expect.stringContaining('An API key is required'),
    });
  });

  it.each([
    ['GET', READER_KEY, 200],
    ['PUT', READER_KEY, 403],
    ['PUT', WRITER_KEY, 200],
    ['DELETE', WRITER_KEY, 403],
    ['DELETE', ADMIN_KEY, 200],
  ])('may %s with %s: %i', async (method, key, status) => {
    expect((await handler(request(`${method} /v1/who`, { key }))).statusCode).toBe(status);
  });

  it('is not asked for where none is needed', async () => {
    const reply = await handler(request('GET /v1/open', { key: '' }));
    expect(JSON.parse(reply.body)).toMatchObject({ grants: [] });
    expect(world.reads).toEqual([]);
  });

  it('takes 960 requests a minute and no more, each for itself', async () => {
    const statuses = new Set<number>();
    for (let sent = 0; sent < 960; sent += 1) statuses.add((await asking(`Bearer ${READER_KEY}`)).statusCode);
    expect([...statuses]).toEqual([200]);
    const reply = await asking(`Bearer ${READER_KEY}`);
    expect(problemIn(reply)).toMatchObject({ status: 429, code: 'too-many' });
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
    expect((await asking(`Bearer ${ADMIN_KEY}`)).statusCode).toBe(200);
    world.pass(MINUTE);
    expect((await asking(`Bearer ${READER_KEY}`)).statusCode).toBe(200);
  });
});
