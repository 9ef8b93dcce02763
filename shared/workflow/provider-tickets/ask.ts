import { ask } from '../../domain/corrective/provider-tickets/asking.ts';
import type { ProviderTicketBody } from '../../domain/corrective/provider-tickets/provider-ticket.ts';
import { authorise, readableClients } from '../../domain/directory/access.ts';
import type { Provider } from '../../domain/directory/provider.ts';
import { actorOf } from '../../domain/outbox/actor.ts';
import { invalid } from '../../domain/parse.ts';
import { type Problem, Refused } from '../../domain/refused.ts';
import type { Caller } from '../engine/caller.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { hostsForThem } from '../providers/hosted.ts';
import { type TicketView, withContact } from './read.ts';
import { ticketWrites } from './ticket-writes.ts';

/** Asks a hosting provider under its own promise to answer. @throws Refused `invalid` that says what is known. */
export const askProvider = (ports: Ports, caller: Caller, body: ProviderTicketBody): Promise<TicketView> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation } = caller;
      const provider = await standing(ports, caller, body);
      const plan = ask(provider, { body, actor: actorOf(principal) }, invocation);
      const { writes, state } = ticketWrites(undefined, plan, invocation);
      return { writes, result: withContact(state, provider) };
    },
    caller,
  );

/** The provider, once all that the body names is here and is the caller's to use. */
const standing = async (ports: Ports, { principal }: Caller, body: ProviderTicketBody): Promise<Provider> => {
  const { clientId, providerId, incidentId, askedBy } = body;
  const [client, provider, person, incident] = await Promise.all([
    ports.store.get({ kind: 'client', id: clientId }),
    ports.store.get({ kind: 'provider', id: providerId }),
    ports.store.get({ kind: 'person', id: askedBy }),
    incidentId ? ports.store.get({ kind: 'incident', id: incidentId }) : undefined,
  ]);
  const hers = readableClients(principal) === '*' || (await hostsForThem(ports, principal, providerId));
  const missing = (is: boolean, path: string, what: string): Problem[] =>
    is ? [] : [{ path, message: `must name an existing ${what}` }];
  const problems = [
    ...missing(client !== undefined && mayWrite(principal, clientId), 'body.clientId', 'client'),
    ...missing(provider !== undefined && hers, 'body.providerId', 'provider'),
    ...missing(person !== undefined, 'body.askedBy', 'person'),
    ...missing(!incidentId || incident?.clientId === clientId, 'body.incidentId', 'incident of this client'),
  ];
  if (problems.length > 0 || !provider) throw invalid(problems);
  return provider;
};

/** Another client is one that is not here; where they may read but not write, they hear so. */
const mayWrite = (principal: Caller['principal'], clientId: string): boolean => {
  try {
    authorise(principal, 'write', clientId);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.code === 'not-found') return false;
    throw error;
  }
};
