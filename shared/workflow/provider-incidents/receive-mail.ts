import { authorise } from '../../domain/directory/access.ts';
import { invalid } from '../../domain/parse.ts';
import { readStatusMail, type StatusMail } from '../../domain/proactive/provider-incidents/mail.ts';
import type { Caller } from '../engine/caller.ts';
import type { Ports } from '../engine/ports.ts';
import { receiveReport } from './receive-report.ts';

/**
 * A status mail of a provider, as a mailbox's rule posts it. The same mail twice is the same as once.
 * @throws Refused `invalid` when no status can be found in it.
 */
export const receiveStatusMail = async (
  ports: Ports,
  { principal, invocation }: Caller,
  { providerId, ...mail }: StatusMail & { providerId: string },
): Promise<{ reason: string; providerIncidentId?: string }> => {
  authorise(principal, 'write', '*');
  const provider = await ports.store.get({ kind: 'provider', id: providerId });
  if (!provider) throw invalid([{ path: 'body.providerId', message: 'must name an existing provider' }]);
  const report = readStatusMail(mail, invocation.now);
  const message = 'must name a status such as Investigating, Monitoring or Resolved, and what it is about';
  if (!report) throw invalid([{ path: 'body.subject', message }]);
  const { reason, state } = await receiveReport(ports, { provider, source: 'mail' }, report);
  return { reason, ...(state ? { providerIncidentId: state.id } : {}) };
};
