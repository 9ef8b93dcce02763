import { describe, expect, it } from 'vitest';
import type { Refused } from '../../shared/domain/refused.ts';
import { match, route } from '../../shared/edge/route.ts';

const spec = { about: 'Does it.', needs: 'read' } as const;
const done = async () => undefined;
const routes = [
  route('GET /v1/things', spec, done),
  route('POST /v1/things', spec, done),
  route('GET /v1/things/{id}', spec, done),
  route('PATCH /v1/things/{id}', spec, done),
  route('GET /v1/things/latest', spec, done),
  route('DELETE /v1/things/{id}/parts/{partId}', spec, done),
];

const found = (method: string, path: string): unknown => {
  const hit = match(routes, method, path);
  if (!hit || 'allow' in hit) return hit;
  return [`${hit.route.method} ${hit.route.path}`, hit.params];
};

describe('the table of routes', () => {
  it.each([
    ['GET', '/v1/things', ['GET /v1/things', {}]],
    ['HEAD', '/v1/things', ['GET /v1/things', {}]],
    ['PATCH', '/v1/things/a', ['PATCH /v1/things/{id}', { id: 'a' }]],
    ['GET', '/v1/things/a%2Fb%20c', ['GET /v1/things/{id}', { id: 'a/b c' }]],
    ['GET', '/v1/things/latest', ['GET /v1/things/latest', {}]],
    ['DELETE', '/v1/things/a/parts/b', ['DELETE /v1/things/{id}/parts/{partId}', { id: 'a', partId: 'b' }]],
    ['PUT', '/v1/things', { allow: ['GET', 'HEAD', 'POST'] }],
    ['OPTIONS', '/v1/things/a/parts/b', { allow: ['DELETE'] }],
    ['GET', '/v1/things/', undefined],
    ['GET', '/v1/things//parts/b', undefined],
    ['GET', '/v2/things', undefined],
    ['GET', '/v1/thingsandmore', undefined],
    ['GET', '', undefined],
  ])('%s %s leads where it should', (method, path, expected) => {
    expect(found(method, path)).toEqual(expected);
  });

  it.each(['/v1/things/%', '/v1/things/%e0%a4', '/v1/things/%ed%a0%80', '/v1/things/%00'])(
    '%s cannot be decoded, and the parameter is named',
    (path) => {
      const thrown = expect(() => match(routes, 'GET', path));
      thrown.toThrow(
        expect.objectContaining<Partial<Refused>>({
          code: 'invalid',
          problems: [{ path: 'path.id', message: expect.any(String) }],
        }),
      );
    },
  );
});
