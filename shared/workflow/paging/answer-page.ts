import { toGsm } from '../../domain/channels/gsm.ts';
import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { type Answer, isOver } from '../../domain/corrective/incidents/lifecycle.ts';
import type { SmsCode } from '../../domain/corrective/paging/page.ts';
import type { Person } from '../../domain/directory/person.ts';
import type { Provider } from '../../domain/directory/provider.ts';
import { digest, type Invocation } from '../../domain/id.ts';
import { oneLine } from '../../domain/one-line.ts';
import type { HistoryEntry } from '../../domain/outbox/history.ts';
import { newEffect } from '../../domain/outbox/timer.ts';
import { Refused } from '../../domain/refused.ts';
import { expiry } from '../../domain/time.ts';
import { cachedGet } from '../engine/cache.ts';
import type { Once } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { type Action, type Answered, incidentOf, move } from '../incidents/actions.ts';
import { type ProviderSheet, sheetOf } from '../providers/sheet.ts';
import { type Alike, similarIncidents } from '../recurrence/similar-incidents.ts';
import { type LinkSubject, opensLink } from './links.ts';

const LAST_ENTRIES = 50;
/** Texts that say nothing we know are answered so often a day, so that two robots do not talk for ever. */
const MOST_EXPLANATIONS = 5;

export type LinkAction = 'acknowledge' | 'resolve' | 'escalate' | 'help';

/** What whoever holds a one-tap link sees. */
export interface AnswerView {
  incident: Incident;
  person?: Person;
  personName: string;
  entries: HistoryEntry[];
  over: boolean;
  /** Who hosts the service, and the page about them. */
  provider?: { name: string; page: string };
  /** What it looks like, the likest first. */
  alike: Alike[];
}

type Link = LinkSubject & { token: string };

/** @throws Refused `not-found` unless the link was made here for this incident and person. */
const requireLink = async (ports: Ports, link: Link): Promise<void> => {
  if (!(await opensLink(ports, link, link.token))) throw new Refused('not-found', 'This link does not work.');
};

const personOf = async (ports: Ports, id: string): Promise<Person | undefined> =>
  (await cachedGet(ports, [{ kind: 'person' as const, id }])).get(id);

/** Shows the incident. Changes nothing. */
export const viewByLink = async (ports: Ports, link: Link): Promise<AnswerView> => {
  await requireLink(ports, link);
  const incident = await incidentOf(ports, link.incidentId);
  const [provider, person, timeline, alike] = await Promise.all([
    providerOf(ports, incident),
    personOf(ports, link.personId),
    ports.store.list(
      { of: 'history-entry', subjectId: link.incidentId },
      { limit: LAST_ENTRIES, reversed: true },
    ),
    similarIncidents(ports, link),
  ]);
  const personName = nameOf(link.personId, person);
  return {
    incident,
    ...(person ? { person } : {}),
    personName,
    entries: timeline.items.reverse(),
    over: isOver(incident),
    alike,
    ...(provider ? { provider: { name: provider.name, page: `${pathOf(link)}/provider` } } : {}),
  };
};

const pathOf = ({ incidentId, personId, token }: Link): string => `/a/${incidentId}/${personId}/${token}`;

/** Who hosts the incident's service, as it is now. */
const providerOf = async (ports: Ports, { serviceId }: Incident): Promise<Provider | undefined> => {
  const service = (await cachedGet(ports, [{ kind: 'service' as const, id: serviceId }])).get(serviceId);
  return service?.providerId ? ports.store.get({ kind: 'provider', id: service.providerId }) : undefined;
};

/** Shows how the support of the service's provider is reached. Changes nothing. */
export const providerByLink = async (ports: Ports, link: Link): Promise<ProviderSheet> => {
  await requireLink(ports, link);
  const incident = await incidentOf(ports, link.incidentId);
  const provider = await providerOf(ports, incident);
  if (!provider) throw new Refused('not-found', 'No hosting provider is known for this service.');
  return { ...(await sheetOf(ports, provider, incident.clientId)), back: pathOf(link) };
};

/** Does what the holder of the link asks for. Refused once the incident is over, as the link is. */
export const answerByLink = async (
  ports: Ports,
  link: Link & { action: LinkAction; seen?: number | undefined },
  invocation: Invocation,
): Promise<{ reason: string; view: AnswerView }> => {
  await requireLink(ports, link);
  const person = await personOf(ports, link.personId);
  const answer = answerOf(link.personId, nameOf(link.personId, person));
  const incident = await incidentOf(ports, link.incidentId);
  if (isOver(incident)) throw new Refused('illegal-move', `This incident is ${incident.status}.`);
  const { reason } = await move(ports, link.incidentId, link.action, {
    ...answer,
    invocation,
    seen: link.seen,
  });
  return { reason, view: await viewByLink(ports, link) };
};

/** The link is made for a person's id; one who was removed since has no name any more. */
const nameOf = (id: string, person: Person | undefined): string =>
  person?.name ?? (id === 'fallback' ? 'the fallback contact' : 'a removed person');

const answerOf = (personId: string, name: string): Answer => ({
  actor: { kind: 'person', id: personId, name },
  by: personId,
});

const TEXT = /^\W*(\d{1,4})\s*([are])\b/i;
const MOVES: Record<string, Action> = { a: 'acknowledge', r: 'resolve', e: 'escalate' };
const DONE: Record<string, string> = {
  acknowledged: 'acknowledged. Nobody else is paged',
  resolved: 'resolved',
  'step-taken': 'escalated. The next step is being paged',
  exhausted: 'escalated. The fallback contact is being paged',
  'already-answered': 'was already acknowledged',
  'already-resolved': 'is already resolved',
};

interface Inbound {
  phone: string;
  text: string;
  messageId: string;
}

/**
 * Answers a page by text: `1a` acknowledges, `1r` resolves, `1e` escalates the incident whose code is 1 on that
 * phone. What is done, the answer to the answer, and that this message was heard are one commit: delivered twice, it
 * does nothing more.
 */
export const answerByText = async (
  ports: Ports,
  inbound: Inbound,
  invocation: Invocation,
): Promise<string> => {
  const once = hearing(inbound);
  if (await ports.store.get({ kind: 'answer', id: once.id })) return 'heard-already';
  const [, digits = '', letter = ''] = TEXT.exec(inbound.text) ?? [];
  const code =
    digits && (await ports.store.get({ kind: 'sms-code', phone: inbound.phone, code: Number(digits) }));
  const what = MOVES[letter.toLowerCase()];
  if (!code || !what) return explain(ports, { ...inbound, once }, invocation);
  return moveByText(ports, { ...inbound, once, code, what }, invocation);
};

type Heard = Inbound & { once: Once };

/** That a message was heard, kept as long as it could be delivered again. */
const hearing = ({ phone, messageId }: Inbound): Once => ({
  id: `text-${digest(`${phone}/${messageId}`)}`,
  bodyHash: '',
  answer: () => ({ status: 200, body: null, headers: {} }),
});

const moveByText = async (
  ports: Ports,
  { phone, once, code, what }: Heard & { code: SmsCode; what: Action },
  invocation: Invocation,
): Promise<string> => {
  const person = code.personId ? await personOf(ports, code.personId) : undefined;
  const answer = answerOf(code.personId ?? 'fallback', nameOf(code.personId ?? 'fallback', person));
  const incident = await incidentOf(ports, code.incidentId);
  const name = `#${incident.number} ${incident.clientName} / ${incident.serviceName}`;
  if (isOver(incident)) {
    const writes = [textBack(phone, `${name} is already over.`, invocation)];
    return commitWithRetry(ports, async () => ({ writes, result: 'incident-is-over' }), { invocation, once });
  }
  const also = ({ reason }: Answered) => [textBack(phone, `${name} ${DONE[reason] ?? reason}.`, invocation)];
  return (await move(ports, code.incidentId, what, { ...answer, invocation, once, also })).reason;
};

/** Not understood: says so, a few times a day and phone. */
const explain = async (ports: Ports, { phone, once }: Heard, invocation: Invocation): Promise<string> => {
  const today = invocation.now.slice(0, 10);
  const expiresAt = expiry(invocation.now, 'P2D');
  const told = await ports.store.nextNumber(`explained#${phone}#${today}`, { expiresAt });
  if (told > MOST_EXPLANATIONS) return 'unknown-code-not-answered';
  const sentence =
    'No open page has this code. Reply with the code of the page and a, r or e: 1a acknowledges, 1r resolves, 1e escalates.';
  const writes = [textBack(phone, sentence, invocation)];
  return commitWithRetry(ports, async () => ({ writes, result: 'unknown-code' }), { invocation, once });
};

/** The promise of an answer to a message. */
const textBack = (phone: string, sentence: string, invocation: Invocation): Write => {
  const perform = { type: 'text', phone, text: toGsm(oneLine(`[Firebreak] ${sentence}`)) } as const;
  return {
    put: newEffect({ subjectId: `phone#${phone}`, clientId: '*' }, { label: 'text', perform }, invocation),
  };
};
