import * as z from 'zod';
import { derive, type Invocation } from '../id.ts';
import { Instant } from '../time.ts';

/** What a timer does when it fires. Each names the generation it belongs to: overtaken, it does nothing. */
export const TimerCommand = z.discriminatedUnion('type', [
  /** Take the next step: nobody answered the one before. */
  z.looseObject({
    type: z.literal('escalate'),
    incidentId: z.string(),
    generation: z.number().int(),
    /** The step that was taken last when the timer was set. */
    loop: z.number().int(),
    step: z.number().int(),
  }),
  /** Use one more method of somebody's notification rules. */
  z.looseObject({
    type: z.literal('contact'),
    incidentId: z.string(),
    generation: z.number().int(),
    loop: z.number().int(),
    step: z.number().int(),
    purpose: z.enum(['step', 'help']),
    personId: z.string(),
    methodId: z.string(),
  }),
  /** Reach the fallback contact (again). */
  z.looseObject({
    type: z.literal('fall-back'),
    incidentId: z.string(),
    generation: z.number().int(),
    round: z.number().int(),
  }),
  /** Do a task of something planned or asked: a traffic event, a provider ticket, a review, an action item … */
  z.looseObject({
    type: z.literal('run-task'),
    subjectId: z.string(),
    generation: z.number().int(),
    task: z.string(),
  }),
]);
export type TimerCommand = z.infer<typeof TimerCommand>;

/** A command and when to run it. Never changed: moving one makes a new one. Firing removes it, so it fires once. */
export const Timer = z.looseObject({
  kind: z.literal('timer'),
  id: z.string(),
  clientId: z.string(),
  dueAt: Instant,
  command: TimerCommand,
});
export type Timer = z.infer<typeof Timer>;

/** A promise that is not a page: performed after the commit, then removed. */
export const Effect = z.looseObject({
  kind: z.literal('effect'),
  /** What it is about: an incident's id, or a phone's number. */
  subjectId: z.string(),
  id: z.string(),
  clientId: z.string(),
  dueAt: Instant,
  attempts: z.number().int(),
  perform: z.discriminatedUnion('type', [
    /**
     * See whether the incident and its open alerts still agree, now that an alert joined or resolved, or the
     * incident was resolved. An incident that was opened again since (`episode`) does not end by it.
     */
    z.looseObject({
      type: z.literal('reconcile'),
      incidentId: z.string(),
      episode: z.number().int(),
      because: z.enum(['alert-joined', 'alert-resolved', 'incident-resolved']),
      /** The alert that joined; where none is named, every open alert is looked at. */
      alertId: z.string().optional(),
    }),
    /** Page the rest of a step that was too large for one transaction. */
    z.looseObject({
      type: z.literal('reach'),
      incidentId: z.string(),
      generation: z.number().int(),
      loop: z.number().int(),
      step: z.number().int(),
      purpose: z.enum(['step', 'help']),
      personIds: z.array(z.string()),
    }),
    /** Tell every client on a provider what that provider reports: who is touched, and a line in open incidents. */
    z.looseObject({
      type: z.literal('fan-out'),
      providerIncidentId: z.string(),
      line: z.string(),
      at: Instant,
    }),
    /** See which incidents before it a new one looks like. */
    z.looseObject({
      type: z.literal('compare'),
      incidentId: z.string(),
      /** The alert that opened it; absent when somebody did. */
      alert: z.looseObject({ integrationId: z.string(), dedupKey: z.string() }).optional(),
    }),
    /** Keep what helped with an incident that was resolved, and see whether its review is due. */
    z.looseObject({ type: z.literal('record-outcome'), incidentId: z.string(), episode: z.number().int() }),
    /** A cause came up again: open the action items that should have prevented it. */
    z.looseObject({ type: z.literal('reopen-for-recurrence'), causeId: z.string(), incidentId: z.string() }),
    /** Bring the issue of a tracker up to what its action item says. */
    z.looseObject({ type: z.literal('sync-issue'), actionItemId: z.string() }),
    /** Answer a text. */
    z.looseObject({ type: z.literal('text'), phone: z.string(), text: z.string() }),
  ]),
});
export type Effect = z.infer<typeof Effect>;

/** The promise to perform something about a subject, at once; `label` names it within the draw. */
export const newEffect = (
  { subjectId, clientId }: Pick<Effect, 'subjectId' | 'clientId'>,
  { label, perform }: { label: string; perform: Effect['perform'] },
  invocation: Invocation,
): Effect => ({
  kind: 'effect',
  subjectId,
  id: derive('eff', invocation, label),
  clientId,
  dueAt: invocation.now,
  attempts: 0,
  perform,
});

const BACKGROUND: Effect['perform']['type'][] = [
  'compare',
  'record-outcome',
  'reopen-for-recurrence',
  'sync-issue',
];

/** Whether it is about what is learned: nobody waits for that, and it is in nobody's way. */
export const isBackground = ({ perform }: Pick<Effect, 'perform'>): boolean =>
  BACKGROUND.includes(perform.type);
