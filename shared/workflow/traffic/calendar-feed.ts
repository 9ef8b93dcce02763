import { authorise, type Principal } from '../../domain/directory/access.ts';
import type { Client } from '../../domain/directory/client.ts';
import { calendarOf } from '../../domain/proactive/traffic/calendar-feed.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';
import { calendarLink, opensLink } from '../paging/links.ts';
import { eventsForCalendar } from './read.ts';

/** The address that a calendar reads a client's planned traffic from. Whoever has it may read it. */
export const calendarAddress = async (
  ports: Ports,
  principal: Principal,
  clientId: string,
): Promise<{ url: string }> => {
  authorise(principal, 'read', clientId);
  const { id } = await clientOf(ports, clientId);
  return { url: await calendarLink(ports, id) };
};

/**
 * A client's planned traffic, as calendars read it.
 * @throws Refused `not-found` unless the link was made here, for a client that is still here.
 */
export const calendarByLink = async (
  ports: Ports,
  { clientId, token }: { clientId: string; token: string },
): Promise<string> => {
  const subject = { incidentId: clientId, personId: 'calendar', purpose: 'calendar' as const };
  if (!(await opensLink(ports, subject, token))) throw new Refused('not-found', 'This link does not work.');
  const { id } = await clientOf(ports, clientId);
  return calendarOf(await eventsForCalendar(ports, id), ports.clock.now());
};

const clientOf = async ({ store }: Ports, id: string): Promise<Client> => {
  const client = await store.get({ kind: 'client', id });
  if (!client) throw new Refused('not-found', 'This client does not exist.');
  return client;
};
