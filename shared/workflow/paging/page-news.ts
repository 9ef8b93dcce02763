import { nameOf } from '../../domain/corrective/paging/failure.ts';
import type { Page } from '../../domain/corrective/paging/page.ts';
import { newInvocation } from '../engine/invocation.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';
import { pageFailed } from './page-failed.ts';
import { recordPageOutcome } from './page-outcome.ts';

/** What a message says of its page. With the promise's name it is one read; messages of old have none. */
export interface PageName {
  incidentId: string;
  pageId: string;
  promise?: string | undefined;
}

const find = async (ports: Ports, { incidentId, pageId, promise }: PageName): Promise<Page | undefined> => {
  const named = promise ? await ports.store.get({ kind: 'page', incidentId, promise }) : undefined;
  if (named?.id === pageId) return named;
  for await (const page of listAll(ports, { of: 'page', incidentId })) if (page.id === pageId) return page;
  return undefined;
};

/**
 * A channel says, perhaps before the hand-over is recorded, that a page did not arrive: a failed page like any other,
 * but not tried that way again. The same is told twice at times.
 */
export const pageReturned = async (ports: Ports, name: PageName, reason: string): Promise<string> => {
  const page = await find(ports, name);
  if (!page) return 'unknown-page';
  const unless = ({ state }: Page): boolean => state === 'given-up';
  return pageFailed(ports, page, { failure: { reason, retryable: false }, unless });
};

/** A channel says, perhaps before the hand-over is recorded, that a page arrived. */
export const pageDelivered = async (ports: Ports, name: PageName): Promise<string> => {
  const page = await find(ports, name);
  const incident = page && (await ports.store.get({ kind: 'incident', id: page.incidentId }));
  if (!page || !incident) return 'unknown-page';
  const invocation = newInvocation(ports);
  return recordPageOutcome(
    ports,
    { page, incident, invocation },
    {
      becomes: { state: 'delivered', handedOverAt: page.handedOverAt ?? invocation.now, dueAt: undefined },
      line: { what: 'page-delivered', text: `Arrived: ${nameOf(page)}.`, reason: 'delivered' },
      unless: ({ state }) => state === 'delivered' || state === 'given-up' || state === 'skipped',
    },
  );
};
