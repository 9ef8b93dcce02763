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
  ['GET', '/n/trf_1/desk/1.abc', 'answer-notice'],
  ['POST', '/n/trf_1/desk/1.abc', 'answer-notice'],
  ['GET', '/n/cli_1/calendar/1.abc.ics', 'answer-notice'],
  ['GET', '/v1/clients', 'directory-api'],
  ['GET', '/v1/clients/cli_1/calendar', 'proactive-api'],
  ['PATCH', '/v1/clients/cli_1/calendar', 'directory-api'],
  ['POST', '/v1/providers', 'directory-api'],
  ['POST', '/v1/provider-tickets/tkt_1/answer', 'corrective-api'],
  ['GET', '/v1/provider-incidents', 'proactive-api'],
  ['GET', '/v1/traffic-events/trf_1/proof.html', 'proactive-api'],
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
