import { allResources } from '../shared/domain/resources.ts';
import { SOURCES } from '../shared/sources/index.ts';
import type { FunctionName } from './functions.ts';

/** The paths of the resources that a function answers for. */
const resourcesOf = (api: string): string[] =>
  allResources()
    .filter((resource) => resource.api === api)
    .map(({ path }) => path);

/** Which function answers which paths; `/v1` nouns take everything below them too. */
interface Paths {
  nouns?: string[];
  /** Route keys of the HTTP API. A more specific one wins over a noun's. */
  routes?: string[];
  /** Why API Gateway itself lets everybody through. */
  authorises: string;
}

export const PATHS = {
  'receive-alert': {
    routes: [
      ...SOURCES.flatMap(({ about }) => about.paths ?? []).map((path) => `POST ${path}`),
      'POST /v1/alerts/{source}/{integrationKey}',
    ],
    authorises: 'Monitors show an integration key, in the body or the path, which the function checks.',
  },
  'answer-page': {
    routes: ['ANY /a/{proxy+}'],
    authorises: 'One-tap links carry a signature, which the function checks; opening one changes nothing.',
  },
  'answer-notice': {
    routes: ['ANY /n/{proxy+}'],
    authorises:
      'Links in notices and calendars carry a signature, which the function checks; opening one changes nothing.',
  },
  'directory-api': {
    nouns: resourcesOf('directory'),
    authorises: 'The function checks the bearer key, and what its owner may see once the thing is loaded.',
  },
  'corrective-api': {
    nouns: [...resourcesOf('corrective'), 'incidents', 'alerts', 'changes', 'on-call', 'provider-tickets'],
    authorises: 'The function checks the bearer key, and what its owner may see once the thing is loaded.',
  },
  'proactive-api': {
    nouns: ['traffic-events', 'provider-incidents'],
    // The address of a calendar is signed, and this function holds the key to sign with.
    routes: ['GET /v1/clients/{id}/calendar'],
    authorises: 'The function checks the bearer key, and what its owner may see once the thing is loaded.',
  },
  'preventive-api': {
    nouns: [...resourcesOf('preventive'), 'reviews', 'action-items', 'causes'],
    // Review documents are made here, and so is what lays them out.
    routes: ['ANY /v1/clients/{id}/review-template'],
    authorises: 'The function checks the bearer key, and what its owner may see once the thing is loaded.',
  },
  'receive-tracker-webhook': {
    routes: ['POST /v1/trackers/{id}/events'],
    authorises: 'Trackers sign what they send with the secret of their webhook, which the function checks.',
  },
  'describe-api': {
    routes: ['GET /openapi.json', 'GET /docs', '$default'],
    authorises: 'The description of the API is public, and so is the problem that an unknown path answers.',
  },
} as const satisfies Partial<Record<FunctionName, Paths>>;

export type HttpFunctionName = keyof typeof PATHS;

/** Every route key with the function behind it. */
export const routeKeys = (): { key: string; name: HttpFunctionName; authorises: string }[] =>
  Object.entries<Paths>(PATHS).flatMap(([name, { nouns = [], routes = [], authorises }]) =>
    [...routes, ...nouns.flatMap((resource) => [`ANY /v1/${resource}`, `ANY /v1/${resource}/{proxy+}`])].map(
      (key) => ({
        key,
        name: name as HttpFunctionName,
        authorises,
      }),
    ),
  );
