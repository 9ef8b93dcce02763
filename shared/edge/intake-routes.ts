import * as z from 'zod';
import { SOURCES, type SourceEntry } from '../sources/index.ts';
import { type Pattern, type Route, route } from './route.ts';

const Payload = z
  .looseObject({})
  .describe('As the format has it; an integration’s own answer says where to send and with which key.');

const pathsOf = ({ about }: SourceEntry): string[] => [
  ...(about.paths ?? [`/v1/alerts/${about.name}/{integrationKey}`]),
];

/**
 * The ways in for monitors, for the description of the API only: receive-alert answers them by their format, each in
 * that format's own manner.
 */
export const intakeRoutes: Route[] = SOURCES.flatMap((source) =>
  pathsOf(source).map((path) => {
    const about = `Takes an event: ${source.about.title}. ${source.about.doc}`;
    return route(`POST ${path}` as Pattern, { about, needs: 'none', body: Payload }, () =>
      Promise.reject(new Error(`${path} is answered by receive-alert.`)),
    );
  }),
);
