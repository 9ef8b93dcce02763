import type { ContactType, Provider, ProviderContact } from '../../directory/provider.ts';
import { invalid } from '../../parse.ts';
import type { ProviderTicket, ProviderTicketBody } from './provider-ticket.ts';

const SOONEST: ContactType[] = ['phone', 'chat', 'portal', 'email'];

const byLevel = (one: ProviderContact, other: ProviderContact): number =>
  one.level - other.level || SOONEST.indexOf(one.way) - SOONEST.indexOf(other.way);

/**
 * The contact that a ticket goes to: the one that is named, else the first of its way.
 * @throws Refused `invalid` that says which there are.
 */
export const contactFor = (
  { contacts, name }: Provider,
  { way, contactId }: Pick<ProviderTicketBody, 'way' | 'contactId'>,
): ProviderContact => {
  const named = contacts.find(({ id }) => id === contactId);
  const found = contactId ? named : contacts.toSorted(byLevel).find((one) => one.way === way);
  if (found?.way === way) return found;
  if (named)
    throw invalid([{ path: 'body.contactId', message: `is reached by ${named.way}, not by ${way}` }]);
  throw invalid([
    contactId
      ? { path: 'body.contactId', message: `${name} has ${listed(contacts.map(({ id }) => id))}` }
      : { path: 'body.way', message: `${name} is reached by ${listed(contacts.map((one) => one.way))}` },
  ]);
};

const listed = (names: string[]): string => [...new Set(names)].join(', ') || 'none';

/** How soon the provider promises to answer. @throws Refused `invalid` that names the priorities it knows. */
export const promiseFor = ({ responseTimes, name }: Provider, priority: string): string => {
  const found = responseTimes.find((one) => one.priority === priority);
  if (found) return found.within;
  const known = responseTimes.map((one) => one.priority);
  const message =
    known.length > 0
      ? `must be a priority of ${name}: ${listed(known)}`
      : `${name} has no response times yet: add them to the provider, with its priorities`;
  throw invalid([{ path: 'body.priority', message }]);
};

/** The level that a chase goes to: the next that somebody is on, or the same where there is none above. */
export const levelAbove = ({ contacts }: Pick<Provider, 'contacts'>, level: number): number => {
  const above = contacts.map((one) => one.level).filter((one) => one > level);
  return above.length > 0 ? Math.min(...above) : level;
};

/** Whom to reach on a level, the quickest way first; the nearest level below where nobody is on it any more. */
export const contactsOn = ({ contacts }: Pick<Provider, 'contacts'>, level: number): ProviderContact[] => {
  const nearest = Math.max(...contacts.map((one) => one.level).filter((below) => below <= level), -1);
  return contacts.filter((one) => one.level === nearest).toSorted(byLevel);
};

/** Whom to call about a ticket now: the contact that it was given to, or who is on the level that it has reached. */
export const contactNow = (
  provider: Provider,
  { contactId, level, chases }: Pick<ProviderTicket, 'contactId' | 'level' | 'chases'>,
): ProviderContact | undefined =>
  (chases === 0 && provider.contacts.find(({ id }) => id === contactId)) || contactsOn(provider, level)[0];
