import { onCall } from '../../domain/corrective/on-call/on-call.ts';
import type { Schedule } from '../../domain/corrective/on-call/schedule.ts';
import { authorise } from '../../domain/directory/access.ts';
import { Refused } from '../../domain/refused.ts';
import type { Instant } from '../../domain/time.ts';
import type { Caller } from '../engine/caller.ts';
import type { Ports } from '../engine/ports.ts';
import type { Page } from '../engine/store-port.ts';

/** Who is on call on a schedule. */
export interface DutyView {
  scheduleId: string;
  scheduleName: string;
  personId: string;
  personName: string;
  until: Instant;
}

const dutiesOf = async (ports: Ports, schedules: Schedule[], at: Instant): Promise<DutyView[]> => {
  const duties = schedules.map((schedule) => ({ schedule, ...onCall(schedule, at) }));
  const people = await ports.store.getMany(
    duties.map(({ personId: id }) => ({ kind: 'person' as const, id })),
  );
  const names = new Map(people.map((person) => [person.id, person.name]));
  return duties.map(({ schedule, personId, until }) => ({
    scheduleId: schedule.id,
    scheduleName: schedule.name,
    personId,
    personName: names.get(personId) ?? personId,
    until,
  }));
};

export const showOnCall = async (
  ports: Ports,
  { principal, invocation }: Caller,
  { id, at = invocation.now }: { id: string; at?: Instant },
): Promise<DutyView> => {
  authorise(principal, 'read', '*');
  const schedule = await ports.store.get({ kind: 'schedule', id });
  const [duty] = schedule ? await dutiesOf(ports, [schedule], at) : [];
  if (!duty) throw new Refused('not-found', 'Schedule not found.');
  return duty;
};

export const listOnCall = async (
  ports: Ports,
  { principal, invocation }: Caller,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<DutyView>> => {
  authorise(principal, 'read', '*');
  const { items, next } = await ports.store.list({ of: 'schedule' }, page);
  return { items: await dutiesOf(ports, items, invocation.now), next };
};
