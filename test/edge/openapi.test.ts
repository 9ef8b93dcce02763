import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PersonBody } from '../../shared/domain/directory/person.ts';
import { ServiceBody } from '../../shared/domain/directory/service.ts';
import { ListQuery, listOf } from '../../shared/edge/list-query.ts';
import { openApi } from '../../shared/edge/openapi.ts';
import { route } from '../../shared/edge/route.ts';

const Thing = z.object({ id: z.string(), version: z.number(), at: z.iso.datetime() });
const done = async () => undefined;
const routes = [
  route(
    'POST /v1/things',
    { about: 'Makes one.', needs: 'write', body: PersonBody, response: Thing, status: 201 },
    done,
  ),
  route(
    'GET /v1/things',
    { about: 'Lists them.', needs: 'read', query: ListQuery, response: listOf(Thing) },
    done,
  ),
  route(
    'PATCH /v1/things/{id}',
    {
      about: 'Changes one.',
      needs: 'write',
      path: z.strictObject({ id: z.string().max(40) }),
      body: ServiceBody.partial(),
      response: Thing,
    },
    done,
  ),
  route('DELETE /v1/things/{id}', { about: 'Removes one.', needs: 'admin' }, done),
  route('POST /v1/open', { about: 'Asks nobody.', needs: 'none' }, done),
];
const document = openApi(routes);
const operation = (path: string, method: string) => {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`There is no ${method} ${path}.`);
  return found;
};
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

describe('the description of the API', () => {
  it('is the same for the same routes, in whatever order they come', () => {
    expect(JSON.stringify(openApi(routes.toReversed()))).toBe(JSON.stringify(document));
  });

  it('holds every route once, under its noun', () => {
    expect(operations.map(({ operationId }) => operationId)).toEqual([
      'post-open',
      'get-things',
      'post-things',
      'patch-things-id',
      'delete-things-id',
    ]);
    expect(document.tags).toEqual([{ name: 'open' }, { name: 'things' }]);
    expect(operation('/v1/things/{id}', 'patch').tags).toEqual(['things']);
  });

  it('refers to nothing that it does not hold', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    expect(references.length).toBeGreaterThan(10);
    for (const path of references)
      expect(path.split('/').reduce<unknown>((at, key) => (at as never)?.[key], document)).toBeDefined();
  });

  it('names every parameter of a path', () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const { parameters } of Object.values(methods)) {
        const named = parameters.filter((one) => one.in === 'path').map(({ name }) => `{${name}}`);
        expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
      }
  });

  it.each([
    ['/v1/things', 'post', ['Idempotency-Key', 'If-Match']],
    ['/v1/things', 'get', ['limit', 'cursor']],
    ['/v1/things/{id}', 'patch', ['id', 'If-Match']],
    ['/v1/open', 'post', ['If-Match']],
  ])('%s %s takes %j', (path, method, names) => {
    expect(operation(path, method).parameters.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['/v1/things', 'post', '201 400 401 403 404 409 412 413 415 422 429 500 503'],
    ['/v1/things', 'get', '200 400 401 403 404 429 500 503'],
    ['/v1/things/{id}', 'delete', '204 400 401 403 404 409 412 429 500 503'],
    ['/v1/open', 'post', '204 400 404 409 412 500 503'],
  ])('%s %s answers %s', (path, method, statuses) => {
    expect(Object.keys(operation(path, method).responses).join(' ')).toBe(statuses);
  });

  it('says what a body must hold, with its formats', () => {
    expect(operation('/v1/things', 'post').requestBody).toMatchObject({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['name', 'email'],
            additionalProperties: false,
            properties: { email: { format: 'email' } },
          },
        },
      },
    });
    const changed = operation('/v1/things/{id}', 'patch').requestBody;
    expect(Object.keys(changed?.content ?? {})).toEqual(['application/merge-patch+json']);
  });

  it('does not spell out a format that has a name', () => {
    expect(JSON.stringify(document)).toContain('"format":"date-time"');
    expect(JSON.stringify(document)).not.toMatch(/"format":"[^"]+","pattern"|"pattern":"[^"]{200,}"/);
  });

  it('says who needs a key', () => {
    expect(operation('/v1/open', 'post').security).toEqual([]);
    expect(operation('/v1/things', 'get').security).toEqual([{ apiKey: [] }]);
  });
});
