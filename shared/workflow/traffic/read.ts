import type { Principal } from '../../domain/directory/access.ts';
import { oneLine } from '../../domain/one-line.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import { recipientOf } from '../../domain/outbox/subject.ts';
import { standOf } from '../../domain/proactive/traffic/facts.ts';
import type { Context } from '../../domain/proactive/traffic/planner.ts';
import { ahead, inZoneAndUtc } from '../../domain/proactive/traffic/times.ts';
import type { TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import { findFor, historyFor } from '../engine/find-for.ts';
import { listAll } from '../engine/list-all.ts';
import { clientsFor, newestFirst } from '../engine/newest-first.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page } from '../engine/store-port.ts';
import { loadContext } from './context.ts';

/** An event with what its owner should know of it. */
export type Warned = TrafficEvent & { warnings: string[] };

/** What of an earlier one helps to plan the next. */
export type Similar = Pick<TrafficEvent, 'id' | 'name' | 'start' | 'end' | 'expectedPeak' | 'outcome'>;

const MOST_SIMILAR = 3;
const MOST_LOOKED_AT = 200;
const IN_CALENDARS = 'P365D';

/** What is planned but will not go well as it is. */
export const warningsOf = (event: TrafficEvent, { services, owner, manager }: Context): string[] => {
  if (event.status !== 'planned') return [];
  const homeless = services.filter(({ id, providerId }) => event.serviceIds.includes(id) && !providerId);
  const deaf = [owner, manager].filter((person) => person && !recipientOf(person));
  return [
    ...homeless.map(
      ({ name }) =>
        `“${oneLine(name)}” has no hosting provider, so nobody is notified. Add a provider, then save this event again.`,
    ),
    ...event.notices
      .filter(({ late, state }) => late && state !== 'withdrawn')
      .map(
        ({ providerName, deadline }) =>
          `The deadline of ${oneLine(providerName)} has passed (${inZoneAndUtc(deadline, event.timeZone)}). Call them.`,
      ),
    ...event.notices
      .filter(
        ({ state, missing }) => ['incomplete', 'unreachable', 'failed'].includes(state) || missing.length > 0,
      )
      .map((notice) => standOf(notice, event.timeZone)),
    ...new Set(
      deaf.map(
        (person) =>
          `${oneLine(person?.name ?? '')} has no verified contact method, so no reminder reaches them.`,
      ),
    ),
  ];
};

export const warned = (event: TrafficEvent, context: Context): Warned => ({
  ...event,
  warnings: warningsOf(event, context),
});

/** The event, for whoever may read it. @throws Refused `not-found`. */
export const readable = (ports: Ports, principal: Principal, id: string): Promise<TrafficEvent> =>
  findFor(ports, principal, { kind: 'traffic-event', id, role: 'read' });

/** One event, with how the last ones of its kind went. */
export const showEvent = async (
  ports: Ports,
  principal: Principal,
  id: string,
): Promise<Warned & { similar: Similar[] }> => {
  const event = await readable(ports, principal, id);
  const [context, similar] = await Promise.all([loadContext(ports, event), similarTo(ports, event)]);
  return { ...warned(event, context), similar };
};

const similarTo = async (ports: Ports, { id, type, clientId }: TrafficEvent): Promise<Similar[]> => {
  const found: Similar[] = [];
  let looked = 0;
  for await (const event of listAll(ports, { of: 'traffic-event', clientId })) {
    looked += 1;
    if (event.id !== id && event.type === type && event.status === 'over') found.push(event);
    if (looked === MOST_LOOKED_AT) break;
  }
  return found
    .toSorted((one, other) => (one.start > other.start ? -1 : 1))
    .slice(0, MOST_SIMILAR)
    .map(({ id, name, start, end, expectedPeak, outcome }) => ({
      id,
      name,
      start,
      end,
      expectedPeak,
      outcome,
    }));
};

export interface EventQuery {
  limit: number;
  cursor?: string | undefined;
  clientId?: string | undefined;
  /** Events that begin at this instant or later. */
  from?: string | undefined;
  /** Events that begin before this instant. */
  to?: string | undefined;
}

/** Events of the clients that the principal may read, the newest plans first. */
export const listEvents = async (
  ports: Ports,
  principal: Principal,
  { limit, cursor, clientId: asked, from = '', to = '~' }: EventQuery,
): Promise<Page<TrafficEvent>> => {
  const clients = await clientsFor(ports, principal, asked);
  const lists = (before: string | undefined) =>
    clients.map((clientId) => ({ of: 'traffic-event' as const, clientId, ...(before ? { before } : {}) }));
  const where = ({ start }: TrafficEvent): boolean => start >= from && start < to;
  return newestFirst<'traffic-event'>(ports, { lists, limit, cursor, where });
};

/** All that happened to an event, oldest first. */
export const historyOf = (
  ports: Ports,
  principal: Principal,
  page: { id: string; limit: number; cursor?: string | undefined },
): Promise<Page<HistoryEntry>> =>
  historyFor(ports, principal, { kind: 'traffic-event', of: 'history-entry', ...page });

/** What a client's calendar shows: all that is planned, and the last year. */
export const eventsForCalendar = async (ports: Ports, clientId: string): Promise<TrafficEvent[]> => {
  const since = ahead(ports.clock.now(), IN_CALENDARS);
  const events: TrafficEvent[] = [];
  for await (const event of listAll(ports, { of: 'traffic-event', clientId }))
    if (event.end >= since) events.push(event);
  return events.toSorted((one, other) => (one.start < other.start ? -1 : 1));
};
