import { type Person, type Reach, reaches } from '../../directory/person.ts';
import type { Invocation } from '../../id.ts';
import type { OutboxItem } from '../../outbox/decision.ts';
import { newEffect } from '../../outbox/timer.ts';
import { milliseconds } from '../../time.ts';
import type { Incident } from '../incidents/incident.ts';
import { contactOf, newPage, stepSlot, timerIn } from './promise.ts';

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
export const reachPerson = (occasion: StepOccasion, person: Person, invocation: Invocation): OutboxItem[] =>
  reaches(person, occasion.incident.urgency).flatMap((reach) => reachBy(occasion, person, reach, invocation));

const reachBy = (
  occasion: StepOccasion,
  person: Person,
  reach: Reach,
  invocation: Invocation,
): OutboxItem[] => {
  const { incident, at, purpose } = occasion;
  const contact = contactOf(person, reach.method.id);
  if (!contact) return [];
  if (milliseconds(reach.delay) === 0)
    return [newPage(incident, { ...occasion, ...at, slot: stepSlot(incident, at) }, contact, invocation)];
  const label = `contact/${person.id}/${reach.method.id}/${reach.delay}`;
  return [
    timerIn(
      { clientId: incident.clientId, delay: reach.delay, label },
      {
        type: 'contact',
        incidentId: incident.id,
        generation: incident.generation,
        loop: at.loop,
        step: at.step,
        purpose,
        personId: person.id,
        methodId: reach.method.id,
      },
      invocation,
    ),
  ];
};

/** The promise to reach the rest of a step, after the commit. */
export const reachLater = (
  { incident, at, purpose }: StepOccasion,
  people: Person[],
  invocation: Invocation,
): OutboxItem[] => {
  if (people.length === 0) return [];
  const { id: subjectId, clientId, generation } = incident;
  const personIds = people.map((person) => person.id);
  const perform = {
    type: 'reach',
    incidentId: subjectId,
    generation,
    loop: at.loop,
    step: at.step,
    purpose,
    personIds,
  } as const;
  return [newEffect({ subjectId, clientId }, { label: 'reach', perform }, invocation)];
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
