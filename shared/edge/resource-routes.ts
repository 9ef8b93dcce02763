import * as z from 'zod';
import type { Resource } from '../domain/resource.ts';
import { allResources, type RecordOfResource } from '../domain/resources.ts';
import { Instant } from '../domain/time.ts';
import { change, create, draft, read } from '../workflow/directory/crud.ts';
import { list } from '../workflow/directory/list.ts';
import { remove } from '../workflow/directory/remove.ts';
import { ListQuery, listOf } from './list-query.ts';
import { MergePatch } from './merge-patch.ts';
import { type Route, route } from './route.ts';

/** What every representation has, beside its own fields. */
export const StoredView = z.object({
  id: z.string(),
  version: z.number(),
  createdAt: Instant,
  updatedAt: Instant,
  warnings: z
    .array(z.string())
    .describe('Problems that do not prevent saving but should be fixed.')
    .optional(),
});

const called = ({ called: name }: { called: string }): string =>
  /^[aeiouA]/.test(name) ? `an ${name}` : `a ${name}`;

const plural = (path: string): string => path.replaceAll('-', ' ').replace('api', 'API');

type AnyResource = Resource<RecordOfResource>;

/** What is shown of a resource's records. */
export const viewOf = ({ record, shown }: Pick<Resource, 'record' | 'shown'>): z.ZodObject =>
  StoredView.extend(Object.fromEntries(shown.map((field) => [field, record.shape[field] ?? z.never()])));

/** A function's routes: five of each of its resources, but for those that are written by hand, and these. */
export const withResources = (api: Resource['api'], byHand: Route[]): Route[] => {
  const written = new Set(byHand.map(({ method, path }) => `${method} ${path}`));
  const generic = allResources()
    .filter((resource) => resource.api === api)
    .flatMap((resource) => [...readRoutes(resource), ...writeRoutes(resource)]);
  return [...generic.filter(({ method, path }) => !written.has(`${method} ${path}`)), ...byHand];
};

const readRoutes = (resource: AnyResource): Route[] => {
  const path = `/v1/${resource.path}` as const;
  const view = viewOf(resource);
  const byClient = resource.owner === 'client';
  const Query = byClient ? ListQuery.extend({ clientId: z.string().optional() }) : ListQuery;
  return [
    route(
      `GET ${path}`,
      {
        about: `Lists ${plural(resource.path)}, ${byClient ? 'newest first' : 'by name'}.`,
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

const writeRoutes = (resource: AnyResource, path = `/v1/${resource.path}` as const): Route[] => [
  route(
    `POST ${path}`,
    {
      about: `Makes ${called(resource)}.`,
      needs: 'admin',
      body: resource.body,
      response: viewOf(resource),
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
