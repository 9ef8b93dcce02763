import type { Invocation } from '../../domain/id.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import { newNotice, type Recipient, recipientOf, type Subject } from '../../domain/outbox/subject.ts';
import { cachedGet } from './cache.ts';
import { promiseWrites } from './plan-writes.ts';
import type { Ports } from './ports.ts';
import type { Write } from './store-port.ts';

/** The installation's fallback contact, as somebody who can be told something. */
const fallbackRecipient = ({ settings }: Pick<Ports, 'settings'>): Recipient | undefined =>
  settings.fallbackContact && {
    id: 'fallback',
    name: 'the fallback contact',
    ours: true,
    ...settings.fallbackContact,
  };

/** A person, or the fallback contact where there is no such person or none that can be reached. */
export const ourRecipient = async (
  ports: Ports,
  personId: string | undefined,
): Promise<Recipient | undefined> => {
  const person =
    personId && (await cachedGet(ports, [{ kind: 'person' as const, id: personId }])).get(personId);
  return (person && recipientOf(person)) || fallbackRecipient(ports);
};

/** What one of our own could not be notified goes to the fallback contact, once; that one has nobody behind it. */
export const notifyFallback = async (
  ports: Ports,
  { of, notice }: { of: Subject; notice: Notice },
  invocation: Invocation,
): Promise<Write[]> => {
  const to = fallbackRecipient(ports);
  if (!to || notice.to.id === to.id) return [];
  const { subject, occasion, promise } = notice;
  const text = `This message could not be delivered to ${notice.to.name}.\n\n${notice.text}`;
  const turn = Number(/\.(\d+)#/.exec(promise)?.[1] ?? 0);
  const promised = newNotice(of, { occasion, turn, to, words: { subject, text } }, invocation);
  return (await isPromised(ports, promised)) ? [] : promiseWrites({ outbox: [promised] });
};

/** Whether the very same was promised before: its guard would refuse it for ever. */
export const isPromised = async (ports: Ports, { subjectId, promise }: Notice): Promise<boolean> =>
  (await ports.store.get({ kind: 'notice', subjectId, promise })) !== undefined;
