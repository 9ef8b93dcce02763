import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { describeApi } from '../../functions/describe-api.ts';
import { route } from '../../shared/edge/route.ts';
import { problemIn, request } from '../edge/world.ts';

const routes = [
  route(
    'POST /v1/things/{id}/<b>',
    {
      about: 'Makes <script>alert(1)</script>.',
      needs: 'write',
      body: z.strictObject({ name: z.string() }),
      response: z.object({ id: z.string() }),
    },
    async () => ({ id: '1' }),
  ),
];
const handler = describeApi(async () => routes);

describe('GET /openapi.json', () => {
  it('is the description of the routes', async () => {
    const reply = await handler(request('GET /openapi.json', { key: '' }));
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(JSON.parse(reply.body)).toMatchObject({
      openapi: '3.1.0',
      paths: { '/v1/things/{id}/<b>': { post: { tags: ['things'] } } },
    });
  });
});

describe('GET /docs', () => {
  it('is one page without scripts, and without anything from elsewhere', async () => {
    const { statusCode, headers, body } = await handler(request('GET /docs', { key: '' }));
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toMatch(/^<!doctype html>/);
    expect(body).not.toMatch(/<script|<link|<img|@import|url\(|https?:\/\//);
  });

  it('shows every route and every problem, as text', async () => {
    const { body } = await handler(request('GET /docs', { key: '' }));
    expect(body).toContain('/v1/things/{id}/&lt;b&gt;');
    expect(body).toContain('Makes &lt;script&gt;alert(1)&lt;/script&gt;.');
    for (const code of ['invalid', 'stale', 'key-reused', 'internal'])
      expect(body).toContain(`<tr id="${code}">`);
    for (const [, anchor = ''] of body.matchAll(/href="#([^"]+)"/g)) expect(body).toContain(`id="${anchor}"`);
  });
});

describe('every other request', () => {
  it.each([
    ['GET /', 404, 'not-found'],
    ['POST /v1/nothing', 404, 'not-found'],
    ['GET /constructor', 404, 'not-found'],
    ['POST /docs', 405, 'method-not-allowed'],
    ['DELETE /openapi.json', 405, 'method-not-allowed'],
  ])('%s is a problem: %i', async (line, status, code) => {
    expect(problemIn(await handler(request(line, { key: '' })))).toMatchObject({ status, code });
  });

  it('HEAD is GET without a body', async () => {
    expect(await handler(request('HEAD /docs', { key: '' }))).toMatchObject({ statusCode: 200, body: '' });
  });
});
