import { type Person, reaches } from '../../directory/person.ts';
import type { Invocation } from '../../id.ts';
import type { Decision } from '../../outbox/decision.ts';
import { after, dateAndTime } from '../../time.ts';
import type { PagePurpose } from '../paging/page.ts';
import { type Contact, newPage, timerIn } from '../paging/promise.ts';
import { atOnce, type Position, reachLater, reachPerson } from '../paging/reach.ts';
import type { PolicySnapshot, Step, Target } from './escalation-policy.ts';
import type { Incident } from './incident.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/** How long the fallback contact has before it is reached again. */
const FALLBACK_EVERY = 'PT30M';

/** Who each target stands for at this moment, by `targetName`; what is missing reaches nobody. */
export type Roster = Record<string, Person[]>;

export const targetName = (target: Target): string => `${target.type}:${target.id}`;

/** All that taking a step depends on. */
export interface EscalationContext {
  incident: Incident;
  policy: PolicySnapshot;
  roster: Roster;
  fallback?: Contact | undefined;
  /** When the alert that sets it off was accepted; only on an opening. */
  alertAcceptedAt?: string | undefined;
}

/** One run through the rules: what they stand on, what was drawn, and the timeline being written. */
interface Run {
  standing: EscalationContext;
  invocation: Invocation;
  history: Timeline;
  purpose: 'step' | 'help';
}

/** Steps as people count them. */
export const spoken = (at: Position): string =>
  at.loop === 0 ? `Step ${at.step + 1}` : `Step ${at.step + 1} of round ${at.loop + 1}`;

/** The position after this one, or undefined after the last step of the last round. */
const following = (policy: PolicySnapshot, at: Position): Position | undefined => {
  if (at.step + 1 < policy.steps.length) return { loop: at.loop, step: at.step + 1 };
  return at.loop < policy.repeats ? { loop: at.loop + 1, step: 0 } : undefined;
};

/** Everybody on the step who can be reached at the incident's urgency, each once; not who asks for help. */
export const reachable = ({ roster, incident }: EscalationContext, step: Step): Person[] => {
  const people = step.targets.flatMap((target) => roster[targetName(target)] ?? []);
  const able = people.filter(
    (person) => person.id !== incident.helpFor && reaches(person, incident.urgency).length > 0,
  );
  return [...new Map(able.map((person) => [person.id, person])).values()];
};

/** Takes the first step: on opening, and on opening again. */
export const begin = (
  standing: EscalationContext,
  invocation: Invocation,
  history: Timeline,
): Decision<Incident> => advance({ standing, invocation, history, purpose: 'step' }, { loop: 0, step: 0 });

/** Takes the step after the one that was taken last, because nobody answered that or somebody asked for more. */
export const takeNext = (
  standing: EscalationContext,
  invocation: Invocation,
  history: Timeline = timelineOf(standing.incident, invocation),
): Decision<Incident> => {
  const purpose = standing.incident.helpFor ? 'help' : 'step';
  return advance(
    { standing, invocation, history, purpose },
    following(standing.policy, standing.incident.escalation),
  );
};

/**
 * Takes the step at the position, or the first after it that reaches somebody: one that reaches nobody is passed at
 * once, and the timeline says so. When none is left, or a whole round reached nobody, the policy is exhausted.
 */
const advance = (run: Run, from: Position | undefined): Decision<Incident> => {
  const { policy } = run.standing;
  let position = from;
  for (let passed = 0; position && passed < policy.steps.length; passed += 1) {
    const step = policy.steps[position.step];
    const people = step ? reachable(run.standing, step) : [];
    if (step && people.length > 0) return take(run, { ...position, delay: step.delay }, people);
    run.history.write({
      what: 'nobody-reached',
      text: `${spoken(position)} has nobody with a verified contact method: skipped.`,
      reason: 'nobody-on-step',
    });
    position = following(policy, position);
  }
  return exhaust(run);
};

/** Pages everybody on the step, and sets the timer for the next one. */
const take = (run: Run, at: Position & { delay: string }, people: Person[]): Decision<Incident> => {
  const { invocation, history, standing } = run;
  const nextAt = after(invocation.now, at.delay);
  const escalation = { state: 'running' as const, loop: at.loop, step: at.step, nextAt };
  const state = { ...standing.incident, escalation };
  history.write({
    what: 'step-taken',
    text: `${spoken(at)}: paging ${people.map((person) => person.name).join(', ')}; the next step is due at ${dateAndTime(nextAt)}.`,
    reason: run.purpose === 'help' ? 'help-requested' : 'step-due',
  });
  const { now, later } = atOnce(people, state);
  const occasion = { incident: state, at, purpose: run.purpose, alertAcceptedAt: standing.alertAcceptedAt };
  const next = timerIn(
    { clientId: state.clientId, delay: at.delay, label: 'next-step' },
    { type: 'escalate', incidentId: state.id, generation: state.generation, loop: at.loop, step: at.step },
    invocation,
  );
  const effects = [...now.flatMap((person) => reachPerson(occasion, person, invocation)), next];
  return {
    state,
    history: history.entries,
    outbox: [...effects, ...reachLater(occasion, later, invocation)],
    reason: 'step-taken',
  };
};

/** Nobody is left: the fallback contact, now and every 30 minutes until somebody answers. */
const exhaust = (run: Run): Decision<Incident> => {
  const { loop, step } = run.standing.incident.escalation;
  run.history.write({
    what: 'exhausted',
    text: 'The escalation policy has no more steps, and nobody has answered.',
    reason: 'policy-exhausted',
  });
  const state = { ...run.standing.incident, escalation: { state: 'exhausted' as const, loop, step } };
  return fallBack(
    { ...run.standing, incident: state },
    { invocation: run.invocation, history: run.history, round: 1 },
  );
};

/** Reaches the fallback contact for the `round`-th time, and sets the timer for the next. */
export const fallBack = (
  standing: EscalationContext,
  { invocation, history, round }: { invocation: Invocation; history: Timeline; round: number },
): Decision<Incident> => {
  const { incident, fallback } = standing;
  const nextAt = after(invocation.now, FALLBACK_EVERY);
  history.write(
    fallback
      ? {
          what: 'fallback-paged',
          text: `Paging the fallback contact (${round}); again at ${dateAndTime(nextAt)} unless somebody answers.`,
          reason: 'policy-exhausted',
        }
      : {
          what: 'nobody-reached',
          text: 'No fallback contact is configured, so nobody else can be paged. Configure one.',
          reason: 'no-fallback-contact',
        },
  );
  const { clientId, generation } = incident;
  const command = { type: 'fall-back' as const, incidentId: incident.id, generation, round: round + 1 };
  const again = timerIn({ clientId, delay: FALLBACK_EVERY, label: 'fall-back' }, command, invocation);
  const slot = `g${generation}.fallback.${round}`;
  const occasion = {
    purpose: 'fallback' as PagePurpose,
    loop: incident.escalation.loop,
    step: incident.escalation.step,
    slot,
  };
  const pages = fallback ? [newPage(incident, occasion, fallback, invocation)] : [];
  const state = {
    ...incident,
    escalation: { ...incident.escalation, state: 'exhausted' as const, round, nextAt },
  };
  return { state, history: history.entries, outbox: [...pages, again], reason: 'exhausted' };
};

/** Stops escalating, because somebody answered or it is over. */
export const stop = (incident: Incident): Incident['escalation'] => ({
  state: 'stopped',
  loop: incident.escalation.loop,
  step: incident.escalation.step,
});
