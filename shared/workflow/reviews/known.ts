import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import type { Known } from '../../domain/preventive/review/prefill.ts';
import type { Ports } from '../engine/ports.ts';

/** Of a storm, how it began and how it ended is enough. */
const MOST_ENTRIES = 300;
const MOST_PAGES = 300;
const MOST_TICKETS = 50;

/** What is known of an incident, in a bounded number of reads however much that is. */
export const knownOf = async ({ store }: Ports, incident: Incident): Promise<Known> => {
  const { id: incidentId } = incident;
  const entries = { of: 'history-entry' as const, subjectId: incidentId };
  const [first, last, pages, alerts, tickets, similar] = await Promise.all([
    store.list(entries, { limit: MOST_ENTRIES }),
    store.list(entries, { limit: MOST_ENTRIES, reversed: true }),
    store.list({ of: 'page', incidentId }, { limit: MOST_PAGES }),
    store.list({ of: 'alert', incidentId }, { limit: 1 }),
    store.list({ of: 'provider-ticket', incidentId }, { limit: MOST_TICKETS }),
    store.get({ kind: 'similar-incidents', incidentId }),
  ]);
  return {
    ...{ incident, entries: inOrder([...first.items, ...last.items]), pages: pages.items },
    ...{ alert: alerts.items[0], tickets: tickets.items, similar },
  };
};

const inOrder = (entries: HistoryEntry[]): HistoryEntry[] =>
  [...new Map(entries.map((entry) => [entry.id, entry])).values()].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
