import type { Provider, ProviderContact } from '../directory/provider.ts';
import { type Draw, derive } from '../id.ts';
import { chronicle } from '../proactive/chronicle.ts';
import type { Notice } from '../proactive/notice.ts';
import { type Plan, promiseNotice, type Recipient, tendAt } from '../proactive/plan.ts';
import { after, milliseconds } from '../time.ts';
import type { ProviderTicket, ProviderTicketBody } from './provider-ticket.ts';
import { contactFor, contactsOn, levelAbove, promiseFor } from './provider-ticket-contact.ts';
import { asking, callNow, chasing, useAnotherWay } from './provider-ticket-words.ts';
import type { Actor } from './timeline.ts';

/** Nobody is chased more often than this, whatever the provider promises. */
const SOONEST_CHASE = 'PT15M';
export const MOST_CHASES = 10;

type TicketPlan = Plan<ProviderTicket>;

const written = (contact: ProviderContact): Recipient => {
  const { id, name, address } = contact;
  return { id, name, address, channel: 'email', ours: false };
};

/** A timer names the chase that it is for: a chase by hand in between overtakes it. */
const chaseAt = (ticket: ProviderTicket, at: string, draw: Draw) =>
  tendAt(ticket, { task: `chase:${ticket.chases + 1}`, at }, draw);

/**
 * Asks a provider. Only an e-mail is written by Firebreak itself; every other way is for whoever asks.
 * @throws Refused `invalid` when the provider knows no such priority, or has no such contact.
 */
export const ask = (
  provider: Provider,
  { body, actor }: { body: ProviderTicketBody; actor: Actor },
  draw: Draw,
): TicketPlan => {
  const within = promiseFor(provider, body.priority);
  const contact = contactFor(provider, body);
  const ticket: ProviderTicket = {
    ...{ kind: 'provider-ticket', id: derive('tkt', draw, 'ticket'), version: 1, generation: 1 },
    ...{ createdAt: draw.now, updatedAt: draw.now, askedAt: draw.now, answerDueAt: after(draw.now, within) },
    ...body,
    ...{ contactId: contact.id, providerName: provider.name, status: 'asked' },
    ...{ level: contact.level, within, chases: 0 },
  };
  const mail = { occasion: 'asked', to: written(contact), words: asking({ ticket, provider }) };
  const mails = contact.way === 'email' ? [promiseNotice(ticket, mail, draw)] : [];
  const story = chronicle(ticket, draw);
  const how =
    mails.length > 0 ? `Writing to ${contact.name}` : `To be asked by ${contact.way}: ${contact.name}`;
  const text = `Asking ${provider.name} (${ticket.priority}): ${ticket.subject}. ${how}.`;
  story.write({ what: 'asked', text, reason: 'asked', actor });
  const promises = [...mails, chaseAt(ticket, ticket.answerDueAt, draw)];
  return { state: ticket, history: story.entries, promises, reason: 'asked' };
};

export interface Chase {
  ticket: ProviderTicket;
  /** Undefined when it is not there any more. */
  provider: Provider | undefined;
  /** Who asked, or who stands in for them; undefined when nobody can be told. */
  asker: Recipient | undefined;
}

const isLast = ({ chases }: ProviderTicket): boolean => chases >= MOST_CHASES;

/** No answer in time: the provider's next level has it, and whoever asked hears whom to call now. */
export const chase = (
  { ticket, provider, asker }: Chase,
  { actor, note }: { actor?: Actor; note?: string | undefined },
  draw: Draw,
): TicketPlan => {
  const level = provider ? levelAbove(provider, ticket.level) : ticket.level;
  const state = { ...ticket, level, chases: ticket.chases + 1 };
  const whom = provider ? contactsOn(provider, level) : [];
  const next = after(draw.now, longer(ticket.within, SOONEST_CHASE));
  const story = chronicle(ticket, draw);
  const first = whom[0] ? `Now with ${whom[0].name} (level ${level})` : 'Nobody there is known';
  const told = asker ? `${asker.name} is told` : 'nobody could be told';
  const text = `No answer yet from ${ticket.providerName}. ${first}; ${told}.${note ? ` ${note}` : ''}`;
  story.write({
    what: 'chased',
    text,
    reason: actor ? 'by-hand' : 'no-answer-in-time',
    ...(actor ? { actor } : {}),
  });
  const notices = provider ? chaseNotices({ ticket: state, provider, asker }, whom, draw) : [];
  const promises = [...notices, ...(isLast(state) ? [] : [chaseAt(state, next, draw)])];
  return { state, history: story.entries, promises, reason: 'chased' };
};

const longer = (one: string, other: string): string =>
  milliseconds(one) >= milliseconds(other) ? one : other;

const chaseNotices = (
  { ticket, provider, asker }: Chase & { provider: Provider },
  whom: ProviderContact[],
  draw: Draw,
): Notice[] => {
  const about = { ticket, provider };
  const at = { occasion: 'chase', turn: ticket.chases };
  const mails = whom
    .filter(({ way }) => way === 'email')
    .map((contact) => promiseNotice(ticket, { ...at, to: written(contact), words: chasing(about) }, draw));
  const words = callNow(about, whom, isLast(ticket));
  return [...mails, ...(asker ? [promiseNotice(ticket, { ...at, to: asker, words }, draw)] : [])];
};

/** A mail about the ticket did not get there: whoever asked uses another way at once. */
export const reportFailure = (
  { ticket, provider, asker }: Chase,
  { to, lastError }: Notice,
  draw: Draw,
): TicketPlan => {
  const story = chronicle(ticket, draw);
  const why = lastError ?? 'it came back';
  const told = asker ? `${asker.name} is told` : 'nobody could be told';
  story.write({
    what: 'unreached',
    text: `The mail to ${to.name} did not arrive (${why}); ${told}.`,
    reason: 'channel-failed',
  });
  const about = { occasion: `unreached-${to.id}`, turn: ticket.chases };
  const words = provider && useAnotherWay({ ticket, provider }, { name: to.name, why });
  const promises = asker && words ? [promiseNotice(ticket, { ...about, to: asker, words }, draw)] : [];
  return { state: ticket, history: story.entries, promises, reason: 'unreached' };
};
