import { expect, test } from 'vitest';
import { functionFor } from '../../infra/local/routing.ts';

test.for([
  ['POST', '/v2/enqueue', 'receive-alert'],
  ['GET', '/v2/enqueue', 'describe-api'],
  ['POST', '/v2/change/enqueue', 'receive-alert'],
  ['POST', '/v1/alerts/generic/abc', 'receive-alert'],
  ['GET', '/v1/alerts/generic/abc', 'corrective-api'],
  ['GET', '/v1/alerts', 'corrective-api'],
  ['GET', '/v1/alerts/alt_1', 'corrective-api'],
  ['POST', '/v1/alerts/generic/abc/more', 'corrective-api'],
  ['GET', '/a/inc_1/per_1/1.abc', 'answer-page'],
  ['POST', '/a/inc_1/per_1/1.abc', 'answer-page'],
  ['GET', '/v1/clients', 'directory-api'],
  ['HEAD', '/v1/people/per_1', 'directory-api'],
  ['PATCH', '/v1/api-keys/key_1', 'directory-api'],
  ['POST', '/v1/incidents/inc_1/acknowledgement', 'corrective-api'],
  ['GET', '/v1/on-call', 'corrective-api'],
  ['GET', '/openapi.json', 'describe-api'],
  ['GET', '/openapiXjson', 'describe-api'],
  ['GET', '/v1/clientsandmore', 'describe-api'],
  ['GET', '/', 'describe-api'],
] as const)('%s %s is answered by %s', ([method, path, name]) => {
  expect(functionFor(method, path)).toBe(name);
});
