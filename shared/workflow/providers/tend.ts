import type { Provider } from '../../domain/directory/provider.ts';
import { subjectOf } from '../../domain/directory/provider-reminder.ts';
import { remindOfContract, remindOfReview } from '../../domain/directory/provider-reminding.ts';
import type { Draw } from '../../domain/id.ts';
import { ourRecipient, tellFallback } from '../our-recipient.ts';
import { promiseWrites } from '../plan-writes.ts';
import type { Ports } from '../ports.ts';
import type { Tended } from '../subjects.ts';

const providerOf = (ports: Ports, id: string): Promise<Provider | undefined> =>
  ports.store.get({ kind: 'provider', id });

const reminding = async (ports: Ports, provider: Provider, { task, draw }: { task: string; draw: Draw }) => {
  const [what, turn] = task.split(':');
  const to = await ourRecipient(ports, provider.ownerId);
  const told = { provider, to, publicUrl: ports.settings.publicUrl };
  return what === 'review'
    ? remindOfReview(told, Number(turn), draw)
    : remindOfContract(told, Number(turn), draw);
};

/** Reminders to keep what is known of a provider right, and that its contract nears its last day. */
export const providers: Tended = {
  generationOf: async (ports, subjectId) => (await providerOf(ports, subjectId))?.generation,
  tend: async (ports, { subjectId, generation, task }, draw) => {
    const provider = await providerOf(ports, subjectId);
    if (!provider) return { writes: [], result: 'provider-is-gone' };
    if (provider.generation !== generation) return { writes: [], result: 'overtaken' };
    const reminder = await reminding(ports, provider, { task, draw });
    return { writes: promiseWrites(reminder), result: reminder.reason };
  },
  noticeFailed: async (ports, notice, draw) => {
    const provider = await providerOf(ports, notice.subjectId);
    return provider ? tellFallback(ports, { of: subjectOf(provider), notice }, draw) : [];
  },
};
