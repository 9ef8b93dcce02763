import type { Invocation } from '../../domain/id.ts';
import type { Notice } from '../../domain/outbox/notice.ts';
import type { Attempt } from './commit.ts';
import type { Ports } from './ports.ts';
import type { Write } from './store-port.ts';

/** One kind of thing that timers and notices tend to. */
export interface SubjectHandler {
  /** The generation that it is in, or undefined when it is gone; notices of another one are skipped. */
  generationOf(ports: Ports, subjectId: string): Promise<number | undefined>;
  /** Whether a notice is still sent when its subject has moved on since it was promised; none is, unless told. */
  outlives?(notice: Notice): boolean;
  /** Does a task whose time has come; the caller adds that the timer goes. A task of an older generation does nothing. */
  runTask(
    ports: Ports,
    due: { subjectId: string; generation: number; task: string },
    invocation: Invocation,
  ): Promise<Attempt<string>>;
  /** What follows when a notice has been given up or came back: somebody else is told. */
  noticeFailed(ports: Ports, notice: Notice, invocation: Invocation): Promise<Write[]>;
}

/** By the prefix of the subject's id; loaded when one is tended to. */
const SUBJECTS: Record<string, () => Promise<SubjectHandler>> = {
  trf: async () => (await import('../traffic/tasks.ts')).trafficEvents,
  tkt: async () => (await import('../provider-tickets/tasks.ts')).providerTickets,
  rev: async () => (await import('../reviews/tasks.ts')).reviews,
  act: async () => (await import('../action-items/tasks.ts')).actionItems,
  prv: async () => (await import('../providers/tasks.ts')).providers,
};

export const subjectOf = (subjectId: string): Promise<SubjectHandler> => {
  const load = SUBJECTS[subjectId.slice(0, 3)];
  if (!load) throw new Error(`No handler for ${subjectId}.`);
  return load();
};
