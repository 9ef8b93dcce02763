import type { Problem } from '../../domain/refused.ts';
import type { Ports } from './ports.ts';

/** Which fields of a body name somebody who is not here. Those that name nobody are left alone. */
export const problemsWithPeople = async (
  { store }: Ports,
  named: Record<string, string | undefined>,
): Promise<Problem[]> => {
  const fields = Object.entries(named).flatMap(([field, id]) => (id === undefined ? [] : [{ field, id }]));
  const people = await Promise.all(fields.map(({ id }) => store.get({ kind: 'person', id })));
  return fields
    .filter((_, place) => !people[place])
    .map(({ field }) => ({ path: `body.${field}`, message: 'must name an existing person' }));
};
