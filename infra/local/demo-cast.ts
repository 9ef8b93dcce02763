import { firebreak } from '../../shared/domain/directory/access.ts';
import type { RecordOf } from '../../shared/domain/records.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Caller } from '../../shared/workflow/engine/caller.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { DEMO_OUTAGE, demoRecords } from './demo.ts';

type Person = RecordOf<'person'>;

/** Who of the demo has a part in the review, and of what it is. */
export interface Cast {
  service: RecordOf<'service'>;
  client: RecordOf<'client'>;
  first: Person;
  second: Person;
  lead: Person;
  manager: Person;
}

export const castOf = (now: Instant): Cast => {
  const records = demoRecords(now);
  const service = records.find((record) => record.kind === 'service' && record.name === DEMO_OUTAGE);
  const clientId = service?.kind === 'service' ? service.clientId : '';
  const client = records.find((record) => record.kind === 'client' && record.id === clientId);
  const people = records.filter((record) => record.kind === 'person');
  const others = people.filter(({ id }) => client?.kind === 'client' && !approverIds(client).includes(id));
  const [first, second] = others;
  if (service?.kind !== 'service' || client?.kind !== 'client' || !first || !second)
    throw new Error('The demo is not complete.');
  const [lead, manager] = approverIds(client).map((id) => people.find((person) => person.id === id));
  if (!lead || !manager) throw new Error('The demo has nobody who approves.');
  return { service, client, first, second, lead, manager };
};

const approverIds = ({ technicalLeadId = '', projectManagerId = '' }: RecordOf<'client'>): string[] => [
  technicalLeadId,
  projectManagerId,
];

/** The caller of one step of the story. */
export const callerOf = (ports: Ports): Caller => ({
  principal: firebreak,
  invocation: newInvocation(ports),
});
