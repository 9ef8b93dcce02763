import { nameOf, whyUnwanted } from '../../domain/corrective/paging/failure.ts';
import { wordPage } from '../../domain/corrective/paging/messages.ts';
import { isSettled, type Page } from '../../domain/corrective/paging/page.ts';
import type { Invocation } from '../../domain/id.ts';
import { epoch } from '../../domain/time.ts';
import { newInvocation } from '../engine/invocation.ts';
import type { Message, Ports, Receipt } from '../engine/ports.ts';
import { answerLink } from './links.ts';
import { pageFailed } from './page-failed.ts';
import { type PageOutcome, recordPageOutcome } from './page-outcome.ts';

/**
 * Sends a page that has been claimed. The incident is read after the claim, so that an answer committed before it
 * always counts. What others settled while it was being sent (SES may tell of a bounce before it answers) stands.
 */
export const deliverPage = async (ports: Ports, page: Page): Promise<string> => {
  const incident = await ports.store.get({ kind: 'incident', id: page.incidentId });
  if (!incident) throw new Error(`The incident of the page ${page.id} is missing.`);
  const invocation = newInvocation(ports);
  const pointless = whyUnwanted(page, incident);
  if (pointless) return recordPageOutcome(ports, { page, incident, invocation }, skipped(page, pointless));
  const receipt = await ports.send(await messageFor(ports, page, invocation));
  if (!receipt.handedOver) return pageFailed(ports, page, { failure: receipt, unless: isSettled });
  const after = { page, incident, invocation: newInvocation(ports) };
  measure(ports, page, after.invocation);
  return recordPageOutcome(ports, after, handedOver(page, receipt, after.invocation));
};

const messageFor = async (ports: Ports, page: Page, invocation: Invocation): Promise<Message> => {
  const link = await linkFor(ports, page);
  const { id, channel, incidentId, promise, address: to } = page;
  return { id, channel, incidentId, promise, to, ...wordPage(page, { link, now: invocation.now }) };
};

/** A page without its link still wakes somebody, so that no trouble with the key may hold it up. */
const linkFor = async (ports: Ports, { incidentId, personId }: Page): Promise<string | undefined> => {
  try {
    return await answerLink(ports, { incidentId, personId: personId ?? 'fallback' });
  } catch (error) {
    ports.telemetry.alarm('page-without-link', error, { incidentId });
    return undefined;
  }
};

const skipped = (page: Page, reason: string): PageOutcome => ({
  becomes: { state: 'skipped', dueAt: undefined },
  line: { what: 'page-skipped', text: `Not sent: ${nameOf(page)}.`, reason },
  unless: isSettled,
});

const handedOver = (
  page: Page,
  receipt: Receipt & { handedOver: true },
  invocation: Invocation,
): PageOutcome => ({
  becomes: {
    state: 'handed-over',
    handedOverAt: invocation.now,
    reference: receipt.reference,
    dueAt: undefined,
  },
  line: { what: 'page-handed-over', text: `Sent: ${nameOf(page)}.`, reason: 'handed-over' },
  unless: isSettled,
});

const measure = (ports: Ports, page: Page, invocation: Invocation): void => {
  ports.telemetry.count('PagesHandedOver');
  if (page.alertAcceptedAt)
    ports.telemetry.count('AlertToPageMilliseconds', epoch(invocation.now) - epoch(page.alertAcceptedAt));
};
