import type { Decision } from '../decision.ts';
import { type Person, reaches } from '../directory/person.ts';
import type { Draw } from '../id.ts';
import { after, dateAndTime } from '../time.ts';
import type { PolicySnapshot, Step, Target } from './escalation-policy.ts';
import type { Incident } from './incident.ts';
import type { PagePurpose } from './page.ts';
import { type Contact, promisePage, timerIn } from './promise.ts';
import { atOnce, type Position, reachLater, reachPerson } from './reach.ts';
import { type Scribe, scribe } from './scribe.ts';

/** How long the fallback contact has before it is reached again. */
const FALLBACK_EVERY = 'PT30M';

/** Who each target stands for at this moment, by `targetName`; what is missing reaches nobody. */
export type Roster = Record<string, Person[]>;

export const targetName = (target: Target): string => `${target.type}:${target.id}`;

/** All that taking a step depends on. */
export interface Standing {
  incident: Incident;
  policy: PolicySnapshot;
  roster: Roster;
  fallback?: Contact | undefined;
  /** When the alert that sets it off was accepted; only on an opening. */
  alertAcceptedAt?: string | undefined;
}

/** One run through the rules: what they stand on, what was drawn, and the timeline being written. */
interface Run {
  standing: Standing;
  draw: Draw;
  story: Scribe;
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
export const reachable = ({ roster, incident }: Standing, step: Step): Person[] => {
  const people = step.targets.flatMap((target) => roster[targetName(target)] ?? []);
  const able = people.filter(
    (person) => person.id !== incident.helpFor && reaches(person, incident.urgency).length > 0,
  );
  return [...new Map(able.map((person) => [person.id, person])).values()];
};

/** Takes the first step: on opening, and on opening again. */
export const begin = (standing: Standing, draw: Draw, story: Scribe): Decision<Incident> =>
  advance({ standing, draw, story, purpose: 'step' }, { loop: 0, step: 0 });

/** Takes the step after the one that was taken last, because nobody answered that or somebody asked for more. */
export const takeNext = (
  standing: Standing,
  draw: Draw,
  story: Scribe = scribe(standing.incident, draw),
): Decision<Incident> => {
  const purpose = standing.incident.helpFor ? 'help' : 'step';
  return advance(
    { standing, draw, story, purpose },
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
    run.story.write({
      what: 'nobody-reached',
      text: `${spoken(position)} reaches nobody who has a verified contact method: passed at once.`,
      reason: 'nobody-on-step',
    });
    position = following(policy, position);
  }
  return exhaust(run);
};

/** Pages everybody on the step, and sets the timer for the next one. */
const take = (run: Run, at: Position & { delay: string }, people: Person[]): Decision<Incident> => {
  const { draw, story, standing } = run;
  const nextAt = after(draw.now, at.delay);
  const escalation = { state: 'running' as const, loop: at.loop, step: at.step, nextAt };
  const state = { ...standing.incident, escalation };
  story.write({
    what: 'step-taken',
    text: `${spoken(at)}: paging ${people.map((person) => person.name).join(', ')}; the next step is due at ${dateAndTime(nextAt)}.`,
    reason: run.purpose === 'help' ? 'help-requested' : 'step-due',
  });
  const { now, later } = atOnce(people, state);
  const occasion = { incident: state, at, purpose: run.purpose, alertAcceptedAt: standing.alertAcceptedAt };
  const next = timerIn(
    { clientId: state.clientId, delay: at.delay, label: 'next-step' },
    { do: 'escalate', incidentId: state.id, generation: state.generation, loop: at.loop, step: at.step },
    draw,
  );
  const effects = [...now.flatMap((person) => reachPerson(occasion, person, draw)), next];
  return {
    state,
    timeline: story.entries,
    effects: [...effects, ...reachLater(occasion, later, draw)],
    reason: 'step-taken',
  };
};

/** Nobody is left: the fallback contact, now and every 30 minutes until somebody answers. */
const exhaust = (run: Run): Decision<Incident> => {
  const { loop, step } = run.standing.incident.escalation;
  run.story.write({
    what: 'exhausted',
    text: 'No step of the escalation policy is left, and nobody has answered.',
    reason: 'policy-exhausted',
  });
  const state = { ...run.standing.incident, escalation: { state: 'exhausted' as const, loop, step } };
  return fallBack({ ...run.standing, incident: state }, { draw: run.draw, story: run.story, round: 1 });
};

/** Reaches the fallback contact for the `round`-th time, and sets the timer for the next. */
export const fallBack = (
  standing: Standing,
  { draw, story, round }: { draw: Draw; story: Scribe; round: number },
): Decision<Incident> => {
  const { incident, fallback } = standing;
  const nextAt = after(draw.now, FALLBACK_EVERY);
  story.write(
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
  const command = { do: 'fall-back' as const, incidentId: incident.id, generation, round: round + 1 };
  const again = timerIn({ clientId, delay: FALLBACK_EVERY, label: 'fall-back' }, command, draw);
  const slot = `g${generation}.fallback.${round}`;
  const occasion = {
    purpose: 'fallback' as PagePurpose,
    loop: incident.escalation.loop,
    step: incident.escalation.step,
    slot,
  };
  const pages = fallback ? [promisePage(incident, occasion, fallback, draw)] : [];
  const state = {
    ...incident,
    escalation: { ...incident.escalation, state: 'exhausted' as const, round, nextAt },
  };
  return { state, timeline: story.entries, effects: [...pages, again], reason: 'exhausted' };
};

/** Stops escalating, because somebody answered or it is over. */
export const stop = (incident: Incident): Incident['escalation'] => ({
  state: 'stopped',
  loop: incident.escalation.loop,
  step: incident.escalation.step,
});
