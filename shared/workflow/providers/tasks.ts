import type { Provider } from '../../domain/directory/provider.ts';
import { subjectOf } from '../../domain/directory/provider-reminder.ts';
import { remindOfContract, remindOfReview } from '../../domain/directory/provider-reminding.ts';
import type { Invocation } from '../../domain/id.ts';
import { notifyFallback, ourRecipient } from '../engine/our-recipient.ts';
import { promiseWrites } from '../engine/plan-writes.ts';
import type { Ports } from '../engine/ports.ts';
import type { SubjectHandler } from '../engine/subjects.ts';

const providerOf = (ports: Ports, id: string): Promise<Provider | undefined> =>
  ports.store.get({ kind: 'provider', id });

const reminding = async (
  ports: Ports,
  provider: Provider,
  { task, invocation }: { task: string; invocation: Invocation },
) => {
  const [what, turn] = task.split(':');
  const to = await ourRecipient(ports, provider.ownerId);
  const told = { provider, to, publicUrl: ports.settings.publicUrl };
  return what === 'review'
    ? remindOfReview(told, Number(turn), invocation)
    : remindOfContract(told, Number(turn), invocation);
};

/** Reminders to keep what is known of a provider right, and that its contract nears its last day. */
export const providers: SubjectHandler = {
  generationOf: async (ports, subjectId) => (await providerOf(ports, subjectId))?.generation,
  runTask: async (ports, { subjectId, generation, task }, invocation) => {
    const provider = await providerOf(ports, subjectId);
    if (!provider) return { writes: [], result: 'provider-is-gone' };
    if (provider.generation !== generation) return { writes: [], result: 'overtaken' };
    const reminder = await reminding(ports, provider, { task, invocation });
    return { writes: promiseWrites(reminder), result: reminder.reason };
  },
  noticeFailed: async (ports, notice, invocation) => {
    const provider = await providerOf(ports, notice.subjectId);
    return provider ? notifyFallback(ports, { of: subjectOf(provider), notice }, invocation) : [];
  },
};
