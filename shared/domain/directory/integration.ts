import * as z from 'zod';
import { aggregate, Name } from '../aggregate.ts';
import { type Resource, reference } from '../resource.ts';

/** One monitor's way in: a key for one source and one service. The key itself is shown once and kept as a hash. */
export const Integration = z.looseObject({
  ...aggregate('integration'),
  clientId: z.string(),
  serviceId: z.string(),
  /** The registered format that it speaks, such as `pagerduty`. */
  source: z.string(),
  name: Name,
  keyHash: z.string(),
});
export type Integration = z.infer<typeof Integration>;

export const IntegrationBody = z.strictObject({
  serviceId: z.string(),
  source: z.string().min(1).max(64),
  name: Name,
});
export type IntegrationBody = z.infer<typeof IntegrationBody>;

/** An API key of a person or a program. Revoking it removes its credential, so that it dies within a minute. */
export const ApiKey = z.looseObject({
  ...aggregate('api-key'),
  name: Name,
  keyHash: z.string(),
  scopes: z.array(z.enum(['read', 'write', 'admin'])).min(1),
  /** The clients it reaches; `*` for all of them and the installation itself. */
  clientIds: z.array(z.string()).min(1),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyBody = z.strictObject({
  name: Name,
  scopes: z
    .array(z.enum(['read', 'write', 'admin']))
    .min(1)
    .max(3),
  clientIds: z.array(z.string()).min(1).max(100).default(['*']),
});
export type ApiKeyBody = z.infer<typeof ApiKeyBody>;

/** What may be changed later. */
export const ApiKeyChange = z.strictObject({ name: Name });

/** What a key opens, found by the key's SHA-256 in hex. */
export const Credential = z.looseObject({
  kind: z.literal('credential'),
  keyHash: z.string(),
  opens: z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('integration'),
      integrationId: z.string(),
      clientId: z.string(),
      serviceId: z.string(),
      source: z.string(),
    }),
    z.looseObject({
      type: z.literal('api-key'),
      apiKeyId: z.string(),
      grants: z.array(z.looseObject({ clientId: z.string(), role: z.enum(['read', 'write', 'admin']) })),
    }),
  ]),
});
export type Credential = z.infer<typeof Credential>;

/** `used` is referred to by `user`, so it cannot be removed; written and removed with the user. */
export const Use = z.looseObject({
  kind: z.literal('use'),
  usedId: z.string(),
  userKind: z.string(),
  userId: z.string(),
  /** What the user is called, for the refusal. */
  userName: z.string(),
});
export type Use = z.infer<typeof Use>;

/** The answer to a request with an `Idempotency-Key`, kept 48 hours. Never holds a secret. */
export const Answer = z.looseObject({
  kind: z.literal('answer'),
  /** Hash of who asked, which route, and the key. */
  id: z.string(),
  bodyHash: z.string(),
  status: z.number(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.number(),
});
export type Answer = z.infer<typeof Answer>;

/** Its service and source are what its key stands for, so they stay; make another for another. */
export const integrations: Resource<Integration, 'client'> = {
  kind: 'integration',
  prefix: 'int',
  path: 'integrations',
  called: 'integration',
  api: 'directory',
  owner: 'client',
  record: Integration,
  body: IntegrationBody,
  fixed: ['serviceId', 'source'],
  shown: ['clientId', 'serviceId', 'source', 'name'],
  references: ({ serviceId }) => [reference('service', serviceId, 'body.serviceId')],
  example: {
    clientId: 'cli_1',
    serviceId: 'svc_1',
    source: 'pagerduty',
    name: 'Monitoring',
    keyHash: 'ab12',
  },
};

/** What it may do stays as it was made; revoke it and make another for another. */
export const apiKeys: Resource<ApiKey> = {
  kind: 'api-key',
  prefix: 'key',
  path: 'api-keys',
  called: 'API key',
  api: 'directory',
  owner: 'installation',
  record: ApiKey,
  body: ApiKeyChange,
  shown: ['name', 'scopes', 'clientIds'],
  example: { name: 'Deploys', keyHash: 'cd34', scopes: ['read'], clientIds: ['*'] },
};
