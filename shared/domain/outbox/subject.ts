import { capabilitiesOf } from '../channels/channel.ts';
import type { Person } from '../directory/person.ts';
import { derive, digest, type Invocation } from '../id.ts';
import { after, type Duration, type Instant } from '../time.ts';
import type { Notice } from './notice.ts';
import type { Timer } from './timer.ts';

/** A thing that is planned or asked, and that timers and notices tend to. */
export interface Subject {
  id: string;
  clientId: string;
  version: number;
  generation: number;
}

/** Whom a notice goes to. */
export type Recipient = Notice['to'];

/** One of our own, by the first verified way: a quiet one before the others, for these can wait for the morning. */
export const recipientOf = (person: Person): Recipient | undefined => {
  const verified = person.contactMethods.filter((method) => method.verified);
  const method = verified.find(({ channel }) => capabilitiesOf(channel).quiet) ?? verified[0];
  return (
    method && {
      id: person.id,
      name: person.name,
      channel: method.channel,
      address: method.address,
      ours: true,
    }
  );
};

interface Words {
  subject: string;
  /** With `LINK_HERE` where the recipient's one-tap link goes. */
  text: string;
}

/** The promise to tell somebody something. `occasion` and `turn` name it: the same to the same person is made once. */
export const newNotice = (
  of: Subject & { providerId?: string },
  { occasion, turn = 0, to, words }: { occasion: string; turn?: number; to: Recipient; words: Words },
  invocation: Invocation,
): Notice => {
  const promise = `g${of.generation}.${occasion}.${turn}#${to.id}`;
  return {
    kind: 'notice',
    subjectId: of.id,
    promise,
    id: `ntc_${digest(`${of.id}/${promise}`)}`,
    clientId: of.clientId,
    generation: of.generation,
    occasion,
    ...(of.providerId ? { providerId: of.providerId } : {}),
    to,
    ...words,
    state: 'promised',
    attempts: 0,
    promisedAt: invocation.now,
    dueAt: invocation.now,
  };
};

/** Which turn of its occasion a notice was promised for. */
export const turnOf = ({ promise }: Pick<Notice, 'promise'>): number =>
  Number(/\.(\d+)#/.exec(promise)?.[1] ?? 0);

/** The promise to tend to a subject at an instant; now, if that has passed. */
export const taskAt = (
  of: Subject,
  { task, at }: { task: string; at: Instant },
  invocation: Invocation,
): Timer => ({
  kind: 'timer',
  id: derive('tmr', invocation, `${of.id}/${of.generation}/${task}`),
  clientId: of.clientId,
  dueAt: at > invocation.now ? at : invocation.now,
  command: { type: 'run-task', subjectId: of.id, generation: of.generation, task },
});

export const taskIn = (
  of: Subject,
  { task, delay }: { task: string; delay: Duration },
  invocation: Invocation,
): Timer => taskAt(of, { task, at: after(invocation.now, delay) }, invocation);
