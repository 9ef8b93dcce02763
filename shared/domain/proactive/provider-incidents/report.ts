import * as z from 'zod';
import { cut, oneLine } from '../../one-line.ts';
import { epoch, type Instant, instant } from '../../time.ts';
import type { ProviderIncident } from './provider-incident.ts';

const MOST_REPORTS = 100;
const MOST_LISTED = 2000;
const LAST_MOMENT = epoch('9999-12-31T23:59:59.999Z');
const ENDED = /^(resolved|completed|postmortem)$/;
/** A maintenance that is planned is no trouble yet. */
const UNDER_WAY = /^(in_progress|verifying)$/;

/** What a provider says of one of its incidents. */
export interface Report
  extends Pick<
    ProviderIncident,
    | 'externalId'
    | 'title'
    | 'impact'
    | 'status'
    | 'over'
    | 'startedAt'
    | 'link'
    | 'lastUpdate'
    | 'lastUpdateAt'
  > {}

/** What a status feed says: what it reports, and everything that it still lists, told or not. */
export interface Summary {
  reports: Report[];
  listed: string[];
}

const Impact = z.enum(['none', 'minor', 'major', 'critical', 'maintenance']).catch('minor');
const text = z.string().catch('');
const Update = z.looseObject({ body: text, created_at: text }).catch({ body: '', created_at: '' });
const Id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[\x21-\x7e]{1,200}$/));
const Listed = z.looseObject({
  id: Id,
  name: text,
  status: text,
  impact: Impact,
  shortlink: text,
  started_at: text,
  created_at: text,
  resolved_at: text,
  incident_updates: z.array(z.unknown()).catch([]),
});
const Shape = z.looseObject({
  incidents: z.array(z.unknown()),
  scheduled_maintenances: z.array(z.unknown()).catch([]),
});

/** One line that is fit to be shown and kept. */
export const legible = (words: string, longest: number): string => cut(oneLine(words), longest);

/** The first of the texts that is a moment. */
export const momentOf = (...texts: string[]): Instant | undefined => {
  const times = texts.filter(Boolean).map((each) => Date.parse(each));
  const found = times.find((time) => time >= 0 && time <= LAST_MOMENT);
  return found === undefined ? undefined : instant(found);
};

/** The address, if it is one that people can be sent to. */
export const linkOf = (address: string): string | undefined =>
  address.length <= 500 && /^https:\/\/[\x21-\x7e]+$/.test(address) && URL.canParse(address)
    ? address
    : undefined;

const newestOf = (updates: unknown[]): { body: string; at: Instant | undefined } | undefined => {
  const read = updates.slice(0, MOST_REPORTS).map((each) => Update.parse(each));
  const dated = read.map(({ body, created_at }) => ({ body, at: momentOf(created_at) }));
  return dated.toSorted((one, other) => ((one.at ?? '') < (other.at ?? '') ? 1 : -1))[0];
};

const reportOf = (given: z.infer<typeof Listed>, now: Instant): Report => {
  const update = newestOf(given.incident_updates);
  const status = legible(given.status, 50) || 'unknown';
  const link = linkOf(given.shortlink);
  const lastUpdate = update && legible(update.body, 1000);
  return {
    externalId: given.id,
    title: legible(given.name, 200) || 'Unnamed incident',
    impact: given.impact,
    status,
    over: ENDED.test(status) || momentOf(given.resolved_at) !== undefined,
    startedAt: momentOf(given.started_at, given.created_at) ?? now,
    ...(link ? { link } : {}),
    ...(lastUpdate ? { lastUpdate } : {}),
    ...(update?.at ? { lastUpdateAt: update.at } : {}),
  };
};

const parsed = (items: unknown[]): z.infer<typeof Listed>[] =>
  items.slice(0, MOST_LISTED).flatMap((item) => {
    const read = Listed.safeParse(item);
    return read.success ? [read.data] : [];
  });

const json = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * Reads a Statuspage `summary.json`, whoever serves it: what has no id is left out, an unknown word is taken for a
 * harmless one. Undefined when it is none at all: then nobody may conclude that all is well.
 */
export const readSummary = (body: string, now: Instant): Summary | undefined => {
  const shape = Shape.safeParse(json(body));
  if (!shape.success) return undefined;
  const incidents = parsed(shape.data.incidents);
  const maintenances = parsed(shape.data.scheduled_maintenances).filter(({ status }) =>
    UNDER_WAY.test(status),
  );
  const reports = [
    ...incidents.map((each) => reportOf(each, now)),
    ...maintenances.map((each) => ({ ...reportOf(each, now), impact: 'maintenance' as const })),
  ];
  return {
    reports: reports.slice(0, MOST_REPORTS),
    listed: reports.filter(({ over }) => !over).map(({ externalId }) => externalId),
  };
};
