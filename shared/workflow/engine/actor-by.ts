import { type Actor, actorOf } from '../../domain/outbox/actor.ts';
import { invalid } from '../../domain/parse.ts';
import { cachedGet } from './cache.ts';
import type { Caller } from './caller.ts';
import type { Ports } from './ports.ts';

/**
 * Who did it: the person whom `by` names, else the caller.
 * @throws Refused `invalid` when there is no such person.
 */
export const actorBy = async (
  ports: Ports,
  { principal }: Pick<Caller, 'principal'>,
  by: string | undefined,
): Promise<Actor> => {
  if (!by) return actorOf(principal);
  const person = (await cachedGet(ports, [{ kind: 'person' as const, id: by }])).get(by);
  if (!person) throw invalid([{ path: 'body.by', message: 'must name an existing person' }]);
  return { kind: 'person', id: person.id, name: person.name };
};
