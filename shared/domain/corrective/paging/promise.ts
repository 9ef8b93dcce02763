import type { Channel } from '../../channels/channel.ts';
import type { Person } from '../../directory/person.ts';
import { derive, digest, type Invocation } from '../../id.ts';
import type { Timer } from '../../outbox/timer.ts';
import { after, type Duration } from '../../time.ts';
import type { Incident } from '../incidents/incident.ts';
import type { Page, PagePurpose } from './page.ts';

/** One way to reach one person, or the installation's fallback contact (which is nobody's). */
export interface Contact {
  personId?: string;
  personName: string;
  methodId: string;
  channel: Channel;
  address: string;
}

/** Which promise it is: the same slot, person and method are the same promise. */
export interface Occasion {
  purpose: PagePurpose;
  loop: number;
  step: number;
  slot: string;
  alertAcceptedAt?: string | undefined;
}

/** The slot of one step in one generation of an incident. */
export const stepSlot = (incident: Incident, at: { loop: number; step: number }): string =>
  `g${incident.generation}.l${at.loop}.s${at.step}`;

export const contactOf = (person: Person, methodId: string): Contact | undefined => {
  const method = person.contactMethods.find((candidate) => candidate.id === methodId && candidate.verified);
  return (
    method && {
      personId: person.id,
      personName: person.name,
      methodId,
      channel: method.channel,
      address: method.address,
    }
  );
};

/** The name of a promise within its incident, by which it can only be made once. */
export const promiseOf = (slot: string, contact: Pick<Contact, 'personId' | 'methodId'>): string =>
  `${slot}#${contact.personId ?? 'fallback'}#${contact.methodId}`;

/** The promise to reach somebody now. */
export const newPage = (
  incident: Incident,
  occasion: Occasion,
  contact: Contact,
  invocation: Invocation,
): Page => {
  const promise = promiseOf(occasion.slot, contact);
  const { purpose, loop, step, alertAcceptedAt } = occasion;
  return {
    kind: 'page',
    incidentId: incident.id,
    promise,
    id: `pag_${digest(`${incident.id}/${promise}`)}`,
    clientId: incident.clientId,
    purpose,
    loop,
    step,
    generation: incident.generation,
    ...contact,
    severity: incident.severity,
    about: {
      number: incident.number,
      title: incident.title,
      service: incident.serviceName,
      client: incident.clientName,
      openedAt: incident.openedAt,
    },
    state: 'promised',
    attempts: 0,
    promisedAt: invocation.now,
    dueAt: invocation.now,
    ...(alertAcceptedAt ? { alertAcceptedAt } : {}),
  };
};

/** A timer that runs the command a while from now; `label` tells it from the draw's others. */
export const timerIn = (
  of: { clientId: string; delay: Duration; label: string },
  command: Timer['command'],
  invocation: Invocation,
): Timer => ({
  kind: 'timer',
  id: derive('tmr', invocation, of.label),
  clientId: of.clientId,
  dueAt: after(invocation.now, of.delay),
  command,
});
