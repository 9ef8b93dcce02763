import { nameOf } from '../domain/corrective/failure.ts';
import type { Page } from '../domain/corrective/page.ts';
import { drawNow } from './draw-now.ts';
import { every } from './every.ts';
import { pageFailed } from './page-failed.ts';
import { recordOutcome } from './page-outcome.ts';
import type { Ports } from './ports.ts';

/** What a message says of its page. With the promise's name it is one read; messages of old have none. */
export interface PageName {
  incidentId: string;
  pageId: string;
  promise?: string | undefined;
}

const find = async (ports: Ports, { incidentId, pageId, promise }: PageName): Promise<Page | undefined> => {
  const named = promise ? await ports.store.get({ kind: 'page', incidentId, promise }) : undefined;
  if (named?.id === pageId) return named;
  for await (const page of every(ports, { of: 'page', incidentId })) if (page.id === pageId) return page;
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
  const draw = drawNow(ports);
  return recordOutcome(
    ports,
    { page, incident, draw },
    {
      becomes: { state: 'delivered', handedOverAt: page.handedOverAt ?? draw.now, dueAt: undefined },
      line: { what: 'page-delivered', text: `Arrived: ${nameOf(page)}.`, reason: 'delivered' },
      unless: ({ state }) => state === 'delivered' || state === 'given-up' || state === 'skipped',
    },
  );
};
