import { invalid } from '../../domain/parse.ts';
import type { Context } from '../../domain/proactive/traffic/planner.ts';
import { providersOf } from '../../domain/proactive/traffic/providers.ts';
import type { TrafficEvent } from '../../domain/proactive/traffic/traffic-event.ts';
import type { Problem } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';

/** More would not be told in one transaction, and no client is hosted so. */
const MOST_PROVIDERS = 8;

/** @throws Refused `invalid` that names every reference to what is not here, or is another client's. */
export const requireReferences = async (
  ports: Ports,
  event: TrafficEvent,
  context: Context,
): Promise<void> => {
  const problems = [
    ...problemsWithServices(event, context),
    ...(context.owner ? [] : [{ path: 'body.ownerId', message: 'must name an existing person' }]),
    ...(context.manager ? [] : [{ path: 'body.managerId', message: 'must name an existing person' }]),
    ...(await problemWithSchedule(ports, event)),
    ...repeatedChecks(event),
  ];
  if (problems.length > 0) throw invalid(problems);
};

const problemsWithServices = (event: TrafficEvent, context: Context): Problem[] => {
  const own = context.services.filter(({ clientId }) => clientId === event.clientId).map(({ id }) => id);
  const strangers = event.serviceIds.flatMap((id, place) =>
    own.includes(id)
      ? []
      : [{ path: `body.serviceIds[${place}]`, message: 'this client has no such service' }],
  );
  const message = `are hosted by more than ${MOST_PROVIDERS} providers: plan it in several events`;
  const many = providersOf(event, context).length > MOST_PROVIDERS;
  return many ? [...strangers, { path: 'body.serviceIds', message }] : strangers;
};

const problemWithSchedule = async (
  { store }: Ports,
  { coverScheduleId: id }: TrafficEvent,
): Promise<Problem[]> => {
  if (id === undefined || (await store.get({ kind: 'schedule', id }))) return [];
  return [{ path: 'body.coverScheduleId', message: 'must name an existing schedule' }];
};

const repeatedChecks = ({ preChecks }: TrafficEvent): Problem[] => {
  const ids = preChecks.map(({ id }) => id);
  return ids.flatMap((id, place) =>
    ids.indexOf(id) === place ? [] : [{ path: `body.preChecks[${place}].id`, message: 'is used twice' }],
  );
};
