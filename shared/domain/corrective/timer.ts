import * as z from 'zod';
import { type Draw, derive } from '../id.ts';
import { Instant } from '../time.ts';

/** What a timer does when it fires. Each names the generation it belongs to: overtaken, it does nothing. */
export const TimerCommand = z.discriminatedUnion('do', [
  /** Take the next step: nobody answered the one before. */
  z.looseObject({
    do: z.literal('escalate'),
    incidentId: z.string(),
    generation: z.number().int(),
    /** The step that was taken last when the timer was set. */
    loop: z.number().int(),
    step: z.number().int(),
  }),
  /** Use one more method of somebody's notification rules. */
  z.looseObject({
    do: z.literal('contact'),
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
    do: z.literal('fall-back'),
    incidentId: z.string(),
    generation: z.number().int(),
    round: z.number().int(),
  }),
  /** Do a task of something planned or asked: a traffic event, a provider ticket, a review, an action item … */
  z.looseObject({
    do: z.literal('tend'),
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
  perform: z.discriminatedUnion('do', [
    /**
     * See whether the incident and its open alerts still agree, now that an alert joined or resolved, or the
     * incident was resolved. An incident that was opened again since (`episode`) does not end by it.
     */
    z.looseObject({
      do: z.literal('settle'),
      incidentId: z.string(),
      episode: z.number().int(),
      because: z.enum(['alert-joined', 'alert-resolved', 'incident-resolved']),
      /** The alert that joined; where none is named, every open alert is looked at. */
      alertId: z.string().optional(),
    }),
    /** Page the rest of a step that was too large for one transaction. */
    z.looseObject({
      do: z.literal('reach'),
      incidentId: z.string(),
      generation: z.number().int(),
      loop: z.number().int(),
      step: z.number().int(),
      purpose: z.enum(['step', 'help']),
      personIds: z.array(z.string()),
    }),
    /** Tell every client on a provider what that provider reports: who is touched, and a line in open incidents. */
    z.looseObject({
      do: z.literal('spread'),
      providerIncidentId: z.string(),
      line: z.string(),
      at: Instant,
    }),
    /** See which incidents before it a new one looks like. */
    z.looseObject({
      do: z.literal('compare'),
      incidentId: z.string(),
      /** The alert that opened it; absent when somebody did. */
      alert: z.looseObject({ integrationId: z.string(), dedupKey: z.string() }).optional(),
    }),
    /** Keep what helped with an incident that was resolved, and see whether its review is due. */
    z.looseObject({ do: z.literal('learn'), incidentId: z.string(), episode: z.number().int() }),
    /** A cause came up again: open the action items that should have prevented it. */
    z.looseObject({ do: z.literal('recur'), causeId: z.string(), incidentId: z.string() }),
    /** Bring the issue of a tracker up to what its action item says. */
    z.looseObject({ do: z.literal('track'), actionItemId: z.string() }),
    /** Answer a text. */
    z.looseObject({ do: z.literal('text'), phone: z.string(), text: z.string() }),
  ]),
});
export type Effect = z.infer<typeof Effect>;

/** The promise to perform something about a subject, at once; `label` names it within the draw. */
export const promiseEffect = (
  { subjectId, clientId }: Pick<Effect, 'subjectId' | 'clientId'>,
  { label, perform }: { label: string; perform: Effect['perform'] },
  draw: Draw,
): Effect => ({
  kind: 'effect',
  subjectId,
  id: derive('eff', draw, label),
  clientId,
  dueAt: draw.now,
  attempts: 0,
  perform,
});

const LESSONS: Effect['perform']['do'][] = ['compare', 'learn', 'recur', 'track'];

/** Whether it is about what is learned: nobody waits for that, and it is in nobody's way. */
export const isLesson = ({ perform }: Pick<Effect, 'perform'>): boolean => LESSONS.includes(perform.do);
