import { onCall } from '../../domain/corrective/on-call/on-call.ts';
import type { Person } from '../../domain/directory/person.ts';
import type { Service } from '../../domain/directory/service.ts';
import type { Coverage } from '../../domain/proactive/traffic/cover.ts';
import type { TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import type { Instant } from '../../domain/time.ts';
import type { Ports } from '../engine/ports.ts';
import { rosterOf } from '../incidents/escalation-context.ts';

/** Who is called first for each service of an event, and who is on its own schedule, as it begins and as it ends. */
export const coverageOf = async (
  ports: Ports,
  event: TrafficEvent,
  services: Service[],
): Promise<Coverage[]> => {
  const { coverScheduleId } = event;
  const ofServices = services
    .filter(({ id }) => event.serviceIds.includes(id))
    .map((service) => ofService(ports, event, service));
  const ofSchedule = coverScheduleId ? [ofDay(ports, event, coverScheduleId)] : [];
  return Promise.all([...ofServices, ...ofSchedule]);
};

const ofService = async (ports: Ports, { start, end }: TrafficEvent, service: Service): Promise<Coverage> => {
  const policy = await ports.store.get({ kind: 'escalation-policy', id: service.escalationPolicyId });
  const first = policy?.steps.slice(0, 1) ?? [];
  const peopleAt = async (at: Instant): Promise<Person[]> =>
    Object.values(await rosterOf(ports, first, at)).flat();
  return { of: service.name, atStart: await peopleAt(start), atEnd: await peopleAt(end) };
};

const ofDay = async (ports: Ports, { start, end }: TrafficEvent, id: string): Promise<Coverage> => {
  const schedule = await ports.store.get({ kind: 'schedule', id });
  if (!schedule) return { of: 'The schedule for the day (removed)', atStart: [], atEnd: [] };
  const peopleAt = (at: Instant): Promise<Person[]> =>
    ports.store.getMany([{ kind: 'person', id: onCall(schedule, at).personId }]);
  return { of: schedule.name, atStart: await peopleAt(start), atEnd: await peopleAt(end) };
};
