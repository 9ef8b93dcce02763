import type { Promised } from '../decision.ts';
import { type Person, type Reach, reaches } from '../directory/person.ts';
import type { Draw } from '../id.ts';
import { milliseconds } from '../time.ts';
import type { Incident } from './incident.ts';
import { contactOf, promisePage, stepSlot, timerIn } from './promise.ts';
import { promiseEffect } from './timer.ts';

/** Whoever comes after so many pages is promised theirs after the commit: a transaction has its limits. */
const MOST_PAGES_AT_ONCE = 16;

/** Where in the policy: both count from 0. */
export interface Position {
  loop: number;
  step: number;
}

/** The step of an incident that people are reached for. */
interface StepOccasion {
  incident: Incident;
  at: Position;
  purpose: 'step' | 'help';
  alertAcceptedAt?: string | undefined;
}

/** The pages and timers that follow from one person's notification rules. */
export const reachPerson = (occasion: StepOccasion, person: Person, draw: Draw): Promised[] =>
  reaches(person, occasion.incident.urgency).flatMap((reach) => reachBy(occasion, person, reach, draw));

const reachBy = (occasion: StepOccasion, person: Person, reach: Reach, draw: Draw): Promised[] => {
  const { incident, at, purpose } = occasion;
  const contact = contactOf(person, reach.method.id);
  if (!contact) return [];
  if (milliseconds(reach.delay) === 0)
    return [promisePage(incident, { ...occasion, ...at, slot: stepSlot(incident, at) }, contact, draw)];
  const label = `contact/${person.id}/${reach.method.id}/${reach.delay}`;
  return [
    timerIn(
      { clientId: incident.clientId, delay: reach.delay, label },
      {
        do: 'contact',
        incidentId: incident.id,
        generation: incident.generation,
        loop: at.loop,
        step: at.step,
        purpose,
        personId: person.id,
        methodId: reach.method.id,
      },
      draw,
    ),
  ];
};

/** The promise to reach the rest of a step, after the commit. */
export const reachLater = (
  { incident, at, purpose }: StepOccasion,
  people: Person[],
  draw: Draw,
): Promised[] => {
  if (people.length === 0) return [];
  const { id: subjectId, clientId, generation } = incident;
  const personIds = people.map((person) => person.id);
  const perform = {
    do: 'reach',
    incidentId: subjectId,
    generation,
    loop: at.loop,
    step: at.step,
    purpose,
    personIds,
  } as const;
  return [promiseEffect({ subjectId, clientId }, { label: 'reach', perform }, draw)];
};

/** Whom one transaction can page, always at least one, and who comes after. */
export const atOnce = (people: Person[], incident: Incident): { now: Person[]; later: Person[] } => {
  let pages = 0;
  const split = people.findIndex((person, index) => {
    pages += reaches(person, incident.urgency).length;
    return index > 0 && pages > MOST_PAGES_AT_ONCE;
  });
  return split < 0 ? { now: people, later: [] } : { now: people.slice(0, split), later: people.slice(split) };
};
