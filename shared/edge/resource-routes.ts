import * as z from 'zod';
import { Instant } from '../domain/time.ts';
import { change, create, draft, read } from '../workflow/directory/crud.ts';
import { list } from '../workflow/directory/list.ts';
import { remove } from '../workflow/directory/remove.ts';
import type { Resource, ResourceKind } from '../workflow/directory/resource.ts';
import { ListQuery, listOf } from './list-query.ts';
import { MergePatch } from './merge-patch.ts';
import { type Route, route } from './route.ts';

/** What every representation has, beside its own fields. */
export const StoredView = z.object({
  id: z.string(),
  version: z.number(),
  createdAt: Instant,
  updatedAt: Instant,
  warnings: z.array(z.string()).describe('What works, but will not work well at 3 am.').optional(),
});

const called = ({ called: name }: { called: string }): string =>
  /^[aeiouA]/.test(name) ? `an ${name}` : `a ${name}`;

const plural = (path: string): string => path.slice('/v1/'.length).replaceAll('-', ' ').replace('api', 'API');

interface Of<K extends ResourceKind> {
  resource: Resource<K>;
  /** Where it is: `/v1/clients`. */
  path: `/v1/${string}`;
  view: z.ZodObject;
}

/** Show, list and change: the same for every noun. `byClient` adds the filter. */
export const readRoutes = <K extends ResourceKind>({
  resource,
  path,
  view,
  byClient = false,
}: Of<K> & { byClient?: boolean }): Route[] => {
  const Query = byClient ? ListQuery.extend({ clientId: z.string().optional() }) : ListQuery;
  return [
    route(
      `GET ${path}`,
      {
        about: `Lists ${plural(path)}, ${byClient ? 'newest first' : 'by name'}.`,
        needs: 'read',
        query: Query,
        response: listOf(view),
      },
      ({ ports, caller, query }) => list(ports, caller, { resource, ...query }),
    ),
    route(
      `GET ${path}/{id}`,
      { about: `Shows ${called(resource)}.`, needs: 'read', response: view },
      ({ ports, caller, path: { id = '' } }) => read(ports, caller, { resource, id }),
    ),
    route(
      `PATCH ${path}/{id}`,
      { about: `Changes ${called(resource)}.`, needs: 'admin', body: MergePatch, response: view },
      ({ ports, caller, ifMatch, path: { id = '' }, body }) =>
        change(ports, { ...caller, ifMatch }, { resource, id, patch: body }),
    ),
  ];
};

/** Make and remove: the same for every noun that has no key of its own. */
export const writeRoutes = <K extends ResourceKind>({ resource, path, view }: Of<K>): Route[] => [
  route(
    `POST ${path}`,
    {
      about: `Makes ${called(resource)}.`,
      needs: 'admin',
      body: resource.body,
      response: view,
      status: 201,
      location: ({ id }: { id: string }) => `${path}/${id}`,
    },
    ({ ports, caller, body }) =>
      create(ports, caller, { resource, record: draft(resource, body, caller.invocation) }),
  ),
  route(
    `DELETE ${path}/{id}`,
    { about: `Removes ${called(resource)} that nothing uses.`, needs: 'admin', status: 204 },
    ({ ports, caller, ifMatch, path: { id = '' } }) =>
      remove(ports, { ...caller, ifMatch }, { resource, id }),
  ),
];
