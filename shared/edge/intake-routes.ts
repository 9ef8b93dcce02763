import * as z from 'zod';
import { SOURCES, type SourceEntry } from '../sources/index.ts';
import { type Pattern, type Route, route } from './route.ts';

const Payload = z
  .looseObject({})
  .describe('As defined by the format. Creating an integration returns the address and the key.');

const pathsOf = ({ about }: SourceEntry): string[] => [
  ...(about.paths ?? [`/v1/alerts/${about.name}/{integrationKey}`]),
];

/**
 * The ways in for monitors, for the description of the API only: receive-alert answers them by their format, each in
 * that format's own manner.
 */
export const intakeRoutes: Route[] = SOURCES.flatMap((source) =>
  pathsOf(source).map((path) => {
    const about = `Receives an event: ${source.about.title}. ${source.about.doc}`;
    return route(`POST ${path}` as Pattern, { about, needs: 'none', body: Payload }, () =>
      Promise.reject(new Error(`${path} is answered by receive-alert.`)),
    );
  }),
);

/** The way in for issue trackers, for the description of the API only: receive-tracker-webhook answers it. */
export const trackerEvents: Route = route(
  'POST /v1/trackers/{id}/events',
  {
    about:
      'Receives webhook events of an issue tracker (GitHub: issues; Jira: issue created, updated, deleted), signed with HMAC-SHA-256 and the secret shown when the tracker was created. Returns 202 with the result.',
    needs: 'none',
    body: Payload,
  },
  () => Promise.reject(new Error('The events of trackers are answered by receive-tracker-webhook.')),
);
