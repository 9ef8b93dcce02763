import type { Provider, ProviderContact } from '../../directory/provider.ts';
import { derive, type Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { historyWriter } from '../../outbox/history.ts';
import type { Notice } from '../../outbox/notice.ts';
import { newNotice, type Recipient, taskAt } from '../../outbox/subject.ts';
import { after, milliseconds } from '../../time.ts';
import { contactFor, contactsOn, levelAbove, promiseFor } from './contact.ts';
import { asking, callNow, chasing, useAnotherWay } from './messages.ts';
import type { ProviderTicket, ProviderTicketBody } from './provider-ticket.ts';

/** Nobody is chased more often than this, whatever the provider promises. */
const SOONEST_CHASE = 'PT15M';
export const MOST_CHASES = 10;

type TicketPlan = Decision<ProviderTicket>;

const written = (contact: ProviderContact): Recipient => {
  const { id, name, address } = contact;
  return { id, name, address, channel: 'email', ours: false };
};

/** A timer names the chase that it is for: a chase by hand in between overtakes it. */
const chaseAt = (ticket: ProviderTicket, at: string, invocation: Invocation) =>
  taskAt(ticket, { task: `chase:${ticket.chases + 1}`, at }, invocation);

/**
 * Asks a provider. Only an e-mail is written by Firebreak itself; every other way is for whoever asks.
 * @throws Refused `invalid` when the provider knows no such priority, or has no such contact.
 */
export const ask = (
  provider: Provider,
  { body, actor }: { body: ProviderTicketBody; actor: Actor },
  invocation: Invocation,
): TicketPlan => {
  const within = promiseFor(provider, body.priority);
  const contact = contactFor(provider, body);
  const ticket: ProviderTicket = {
    ...{ kind: 'provider-ticket', id: derive('tkt', invocation, 'ticket'), version: 1, generation: 1 },
    ...{
      createdAt: invocation.now,
      updatedAt: invocation.now,
      askedAt: invocation.now,
      answerDueAt: after(invocation.now, within),
    },
    ...body,
    ...{ contactId: contact.id, providerName: provider.name, status: 'asked' },
    ...{ level: contact.level, within, chases: 0 },
  };
  const mail = { occasion: 'asked', to: written(contact), words: asking({ ticket, provider }) };
  const mails = contact.way === 'email' ? [newNotice(ticket, mail, invocation)] : [];
  const history = historyWriter(ticket, invocation);
  const how =
    mails.length > 0 ? `Writing to ${contact.name}` : `To contact by ${contact.way}: ${contact.name}`;
  const text = `Asking ${provider.name} (${ticket.priority}): ${ticket.subject}. ${how}.`;
  history.write({ what: 'asked', text, reason: 'asked', actor });
  const outbox = [...mails, chaseAt(ticket, ticket.answerDueAt, invocation)];
  return { state: ticket, history: history.entries, outbox, reason: 'asked' };
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
  invocation: Invocation,
): TicketPlan => {
  const level = provider ? levelAbove(provider, ticket.level) : ticket.level;
  const state = { ...ticket, level, chases: ticket.chases + 1 };
  const whom = provider ? contactsOn(provider, level) : [];
  const next = after(invocation.now, longer(ticket.within, SOONEST_CHASE));
  const history = historyWriter(ticket, invocation);
  const first = whom[0] ? `Now with ${whom[0].name} (level ${level})` : 'No contact is known there';
  const told = asker ? `${asker.name} was notified` : 'nobody could be notified';
  const text = `No answer yet from ${ticket.providerName}. ${first}; ${told}.${note ? ` ${note}` : ''}`;
  history.write({
    what: 'chased',
    text,
    reason: actor ? 'by-hand' : 'no-answer-in-time',
    ...(actor ? { actor } : {}),
  });
  const notices = provider ? chaseNotices({ ticket: state, provider, asker }, whom, invocation) : [];
  const outbox = [...notices, ...(isLast(state) ? [] : [chaseAt(state, next, invocation)])];
  return { state, history: history.entries, outbox, reason: 'chased' };
};

const longer = (one: string, other: string): string =>
  milliseconds(one) >= milliseconds(other) ? one : other;

const chaseNotices = (
  { ticket, provider, asker }: Chase & { provider: Provider },
  whom: ProviderContact[],
  invocation: Invocation,
): Notice[] => {
  const about = { ticket, provider };
  const at = { occasion: 'chase', turn: ticket.chases };
  const mails = whom
    .filter(({ way }) => way === 'email')
    .map((contact) => newNotice(ticket, { ...at, to: written(contact), words: chasing(about) }, invocation));
  const words = callNow(about, whom, isLast(ticket));
  return [...mails, ...(asker ? [newNotice(ticket, { ...at, to: asker, words }, invocation)] : [])];
};

/** A mail about the ticket did not get there: whoever asked uses another way at once. */
export const reportFailure = (
  { ticket, provider, asker }: Chase,
  { to, lastError }: Notice,
  invocation: Invocation,
): TicketPlan => {
  const history = historyWriter(ticket, invocation);
  const why = lastError ?? 'it bounced';
  const told = asker ? `${asker.name} was notified` : 'nobody could be notified';
  history.write({
    what: 'unreached',
    text: `The mail to ${to.name} did not arrive (${why}); ${told}.`,
    reason: 'channel-failed',
  });
  const about = { occasion: `unreached-${to.id}`, turn: ticket.chases };
  const words = provider && useAnotherWay({ ticket, provider }, { name: to.name, why });
  const outbox = asker && words ? [newNotice(ticket, { ...about, to: asker, words }, invocation)] : [];
  return { state: ticket, history: history.entries, outbox, reason: 'unreached' };
};
