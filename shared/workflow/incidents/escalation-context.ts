import type { EscalationContext, Roster } from '../../domain/corrective/incidents/escalation.ts';
import { targetName } from '../../domain/corrective/incidents/escalation.ts';
import type { Step, Target } from '../../domain/corrective/incidents/escalation-policy.ts';
import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import type { OpeningContext } from '../../domain/corrective/incidents/opening.ts';
import type { Schedule } from '../../domain/corrective/on-call/schedule.ts';
import type { Contact } from '../../domain/corrective/paging/promise.ts';
import type { Person } from '../../domain/directory/person.ts';
import { Refused } from '../../domain/refused.ts';
import type { Instant } from '../../domain/time.ts';
import { cachedGet } from '../engine/cache.ts';
import type { Ports } from '../engine/ports.ts';

/** The installation's fallback contact, as somebody who can be paged. */
export const fallbackOf = (ports: Ports): Contact | undefined =>
  ports.settings.fallbackContact && {
    personName: 'the fallback contact',
    methodId: 'fallback',
    ...ports.settings.fallbackContact,
  };

/** Who every target of the steps stands for at this moment. */
export const rosterOf = async (ports: Ports, steps: Step[], now: Instant): Promise<Roster> => {
  const targets = steps.flatMap((step) => step.targets);
  const schedules = await cachedGet(
    ports,
    idsOf(targets, 'schedule').map((id) => ({ kind: 'schedule' as const, id })),
  );
  const onDuty =
    schedules.size > 0 ? await dutiesOf([...schedules.values()], now) : new Map<string, string>();
  const personIds = [...idsOf(targets, 'person'), ...onDuty.values()];
  const people = await cachedGet(
    ports,
    personIds.map((id) => ({ kind: 'person' as const, id })),
  );
  return Object.fromEntries(targets.map((target) => [targetName(target), peopleOf(target, people, onDuty)]));
};

const idsOf = (targets: Target[], type: Target['type']): string[] =>
  targets.filter((target) => target.type === type).map((target) => target.id);

const peopleOf = (target: Target, people: Map<string, Person>, onDuty: Map<string, string>): Person[] => {
  const id = target.type === 'person' ? target.id : onDuty.get(target.id);
  const person = id && people.get(id);
  return person ? [person] : [];
};

/** The calendar is loaded only where a schedule is asked for. */
const dutiesOf = async (schedules: Schedule[], now: Instant): Promise<Map<string, string>> => {
  const { onCall } = await import('../../domain/corrective/on-call/on-call.ts');
  return new Map(schedules.map((schedule) => [schedule.id, onCall(schedule, now).personId]));
};

/** What a decision about an open incident's escalation stands on. */
export const loadEscalationContext = async (
  ports: Ports,
  incident: Incident,
  now: Instant,
): Promise<EscalationContext> => {
  const policy = await ports.store.get({ kind: 'policy-snapshot', incidentId: incident.id });
  if (!policy) throw new Error(`The incident ${incident.id} has no snapshot of its policy.`);
  return { incident, policy, roster: await rosterOf(ports, policy.steps, now), fallback: fallbackOf(ports) };
};

/** What opening an incident of a service stands on. */
export const loadOpeningContext = async (
  ports: Ports,
  serviceId: string,
  now: Instant,
): Promise<OpeningContext> => {
  const service = (await cachedGet(ports, [{ kind: 'service' as const, id: serviceId }])).get(serviceId);
  if (!service) throw new Refused('not-found', 'Service not found.');
  const [clients, policies] = await Promise.all([
    cachedGet(ports, [{ kind: 'client' as const, id: service.clientId }]),
    cachedGet(ports, [{ kind: 'escalation-policy' as const, id: service.escalationPolicyId }]),
  ]);
  const client = clients.get(service.clientId);
  if (!client) throw new Error(`The service ${serviceId} has no client.`);
  const policy = policies.get(service.escalationPolicyId);
  const roster = await rosterOf(ports, policy?.steps ?? [], now);
  return { client, service, policy, roster, fallback: fallbackOf(ports) };
};
