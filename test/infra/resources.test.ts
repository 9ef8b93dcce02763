import { expect, test } from 'vitest';
import { routes as corrective } from '../../functions/corrective-api/index.ts';
import { routes as directory } from '../../functions/directory-api/index.ts';
import { routes as preventive } from '../../functions/preventive-api/index.ts';
import { routes as proactive } from '../../functions/proactive-api/index.ts';
import { functionFor } from '../../infra/local/routing.ts';
import { routeKeys } from '../../infra/resources.ts';

test('no two functions answer the same route', () => {
  const keys = routeKeys().map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  ['directory-api' as const, directory],
  ['corrective-api' as const, corrective],
  ['proactive-api' as const, proactive],
  ['preventive-api' as const, preventive],
])('every route of %s reaches it', (name, routes) => {
  const reached = routes.map(({ method, path }) => functionFor(method, path.replace(/\{\w+\}/g, 'some')));
  expect(reached).toEqual(routes.map(() => name));
});

test('the webhooks of trackers reach who hears them, though their noun is another’s', () => {
  expect(functionFor('POST', '/v1/trackers/trk_1/events')).toBe('receive-tracker-webhook');
  expect(functionFor('GET', '/v1/trackers/trk_1')).toBe('preventive-api');
});
