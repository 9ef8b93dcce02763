import type { Provider } from '../../domain/directory/provider.ts';
import { type FeedOutcome, feedFails, feedWorks } from '../../domain/directory/provider-feed.ts';
import { legible, readSummary, type Summary } from '../../domain/proactive/provider-incidents/report.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { onSilence, openIncidentsOf, receiveReport } from './receive-report.ts';

type Read = { summary: Summary } | { failure: string };

/**
 * Reads a provider's status feed, and opens, follows and ends what it reports. A feed that cannot be read ends
 * nothing: it is noted on the provider, and raises an alarm once it has failed for an hour.
 */
export const watchFeed = async (
  ports: Ports,
  provider: Provider & { statusFeed: string },
): Promise<string> => {
  const read = await readFeed(ports, provider.statusFeed);
  const outcome = await noteOutcome(ports, provider, 'failure' in read ? read.failure : undefined);
  if ('failure' in read) return outcome;
  for (const report of read.summary.reports) await receiveReport(ports, { provider, source: 'feed' }, report);
  const { listed } = read.summary;
  for (const open of await openIncidentsOf(ports, provider.id))
    if (open.source === 'feed' && !listed.includes(open.externalId)) await onSilence(ports, open);
  return outcome;
};

const readFeed = async (ports: Ports, url: string): Promise<Read> => {
  try {
    const { status, body } = await ports.readPage(url);
    if (status !== 200) return { failure: `the feed answered ${status}` };
    const summary = readSummary(body, ports.clock.now());
    return summary ? { summary } : { failure: 'the response is not a status page summary' };
  } catch (error) {
    return { failure: legible(error instanceof Error ? error.message : String(error), 200) };
  }
};

const noteOutcome = async (
  ports: Ports,
  { id, name, statusFeed }: Provider,
  failure: string | undefined,
): Promise<FeedOutcome['reason'] | 'changed-meanwhile'> => {
  const reason = await commitWithRetry(ports, async () => {
    const before = await ports.store.get({ kind: 'provider', id });
    if (before?.statusFeed !== statusFeed || !before)
      return { writes: [], result: 'changed-meanwhile' as const };
    const now = ports.clock.now();
    const outcome = failure ? feedFails(before, failure, now) : feedWorks(before, now);
    const writes = outcome.provider === before ? [] : [{ put: outcome.provider, guard: before.version }];
    return { writes, result: outcome.reason };
  });
  if (reason === 'fails-for-an-hour')
    ports.telemetry.alarm('status-feed-fails', new Error(`The status feed of ${name} fails: ${failure}.`), {
      providerId: id,
    });
  return reason;
};
