import {
  type Failure,
  fail,
  nameOf,
  passIfNobodyReached,
  whyUnwanted,
} from '../domain/corrective/failure.ts';
import type { Incident } from '../domain/corrective/incident.ts';
import type { Page } from '../domain/corrective/page.ts';
import { scribe } from '../domain/corrective/scribe.ts';
import type { Effect } from '../domain/corrective/timer.ts';
import { wordPage } from '../domain/corrective/wording.ts';
import type { Draw } from '../domain/id.ts';
import type { Ref } from '../domain/records.ts';
import { epoch } from '../domain/time.ts';
import { type Attempt, decideAgain, writesOf } from './commit.ts';
import { deliverNotice } from './deliver-notice.ts';
import { drawNow } from './draw-now.ts';
import { every } from './every.ts';
import { answerLink } from './links.ts';
import { performEffect } from './perform-effect.ts';
import type { Message, Ports, Receipt } from './ports.ts';
import { recall } from './recall.ts';
import { standingOf } from './standing.ts';
import type { Write } from './store-port.ts';

/**
 * Performs one promise: claims it, so that nobody else does; then looks at what was committed before the claim; then
 * acts. What comes of a page is committed, a failure too. Answers the named outcome.
 * @throws only trouble with the store, or our own fault; the promise is then due again when its lease is over.
 */
export const deliver = async (
  ports: Ports,
  ref: Ref<'page'> | Ref<'notice'> | Ref<'effect'>,
  { asOf }: { asOf?: string } = {},
): Promise<string> => {
  const claimed = await ports.store.claim(ref, ports.clock.now(), asOf);
  if (!claimed) return 'not-to-be-had';
  if (claimed.kind === 'page') return deliverPage(ports, claimed);
  return claimed.kind === 'notice' ? deliverNotice(ports, claimed) : performEffect(ports, claimed as Effect);
};

/** The incident is read after the claim, so that an answer committed before it always counts. */
const deliverPage = async (ports: Ports, page: Page): Promise<string> => {
  const incident = await ports.store.get({ kind: 'incident', id: page.incidentId });
  if (!incident) throw new Error(`The incident of the page ${page.id} is missing.`);
  const draw = drawNow(ports);
  const pointless = whyUnwanted(page, incident);
  if (pointless) return record(ports, { page, incident, draw }, skipped(page, pointless));
  const receipt = await ports.send(await messageFor(ports, page, draw));
  const after = { page, incident, draw: drawNow(ports) };
  if (!receipt.handedOver) return failed(ports, page, receipt);
  measure(ports, page, after.draw);
  return record(ports, after, handedOver(page, receipt, after.draw));
};

const messageFor = async (ports: Ports, page: Page, draw: Draw): Promise<Message> => {
  const link = await answerLink(ports, {
    incidentId: page.incidentId,
    personId: page.personId ?? 'fallback',
  });
  const { id, channel, incidentId, address: to } = page;
  return { id, channel, incidentId, to, ...wordPage(page, { link, now: draw.now }) };
};

interface After {
  page: Page;
  incident: Incident;
  draw: Draw;
}

/** The page as it is afterwards, and the line that says so. */
interface Result {
  page: Page;
  line: { what: 'page-skipped' | 'page-handed-over' | 'page-delivered'; text: string; reason: string };
}

const skipped = (page: Page, reason: string): Result => ({
  page: { ...page, state: 'skipped', dueAt: undefined },
  line: { what: 'page-skipped', text: `Not sent: ${nameOf(page)}.`, reason },
});

const handedOver = (page: Page, receipt: Receipt & { handedOver: true }, draw: Draw): Result => ({
  page: {
    ...page,
    state: 'handed-over',
    handedOverAt: draw.now,
    reference: receipt.reference,
    dueAt: undefined,
  },
  line: { what: 'page-handed-over', text: `Sent: ${nameOf(page)}.`, reason: 'handed-over' },
});

const record = async (ports: Ports, { incident, draw }: After, { page, line }: Result): Promise<string> => {
  const story = scribe(incident, draw);
  story.write({
    ...line,
    refersTo: { pageId: page.id, ...(page.personId ? { personId: page.personId } : {}) },
  });
  const writes: Write[] = [{ put: page }, ...story.entries.map((put): Write => ({ put }))];
  return decideAgain(ports, async () => ({ writes, result: line.reason }));
};

/** Commits a failed page with what follows from it: the person's next method, or the next step. */
const failed = async (ports: Ports, page: Page, failure: Failure): Promise<string> => {
  const draw = drawNow(ports);
  ports.watch.count('PagesFailed');
  const reason = await decideAgain(ports, async (): Promise<Attempt<string>> => {
    if (await returnedAlready(ports, page)) return { writes: [], result: 'known-already' };
    const around = await surroundings(ports, page, draw);
    const decision = fail({ ...around, failure }, draw);
    const { writes } = await writesOf(ports, { before: around.standing.incident, decision }, draw);
    return { writes: [{ put: decision.page }, ...writes], result: decision.reason };
  });
  return reason === 'others-may-answer' ? lookAgain(ports, page) : reason;
};

/** Pages of a step that fail at the same moment do not see each other; whoever is last sees them all here. */
const lookAgain = (ports: Ports, page: Page): Promise<string> => {
  const draw = drawNow(ports);
  return decideAgain(ports, async (): Promise<Attempt<string>> => {
    const around = await surroundings(ports, page, draw);
    const decision = passIfNobodyReached(around, draw);
    const { writes } = await writesOf(ports, { before: around.standing.incident, decision }, draw);
    return { writes, result: decision.reason };
  });
};

/** The same bounce is told twice at times. */
const returnedAlready = async (ports: Ports, { state, incidentId, promise }: Page): Promise<boolean> =>
  state !== 'claimed' && (await ports.store.get({ kind: 'page', incidentId, promise }))?.state === 'given-up';

/** What a decision about a failed page stands on. */
const surroundings = async (ports: Ports, page: Page, draw: Draw) => {
  const incident = await ports.store.get({ kind: 'incident', id: page.incidentId });
  if (!incident) throw new Error(`The incident of the page ${page.id} is missing.`);
  const [standing, siblings, person] = await Promise.all([
    standingOf(ports, incident, draw.now),
    siblingsOf(ports, page),
    personOf(ports, page),
  ]);
  return { page, standing, siblings, person };
};

const personOf = async (ports: Ports, { personId: id }: Page) =>
  id === undefined ? undefined : (await recall(ports, [{ kind: 'person' as const, id }])).get(id);

const siblingsOf = async (ports: Ports, page: Page): Promise<Page[]> => {
  const prefix = page.promise.slice(0, page.promise.indexOf('#') + 1);
  const first = await ports.store.list({ of: 'page', incidentId: page.incidentId, prefix }, { limit: 100 });
  return first.items;
};

const measure = (ports: Ports, page: Page, draw: Draw): void => {
  ports.watch.count('PagesHandedOver');
  if (page.alertAcceptedAt)
    ports.watch.count('AlertToPageMilliseconds', epoch(draw.now) - epoch(page.alertAcceptedAt));
};

const find = async (ports: Ports, incidentId: string, pageId: string): Promise<Page | undefined> => {
  for await (const page of every(ports, { of: 'page', incidentId })) if (page.id === pageId) return page;
  return undefined;
};

/** A channel says, later, that a page did not arrive: a failed page like any other, but not tried that way again. */
export const pageReturned = async (
  ports: Ports,
  { incidentId, pageId }: { incidentId: string; pageId: string },
  reason: string,
): Promise<string> => {
  const page = await find(ports, incidentId, pageId);
  if (!page) return 'unknown-page';
  return failed(ports, page, { reason, retryable: false });
};

/** A channel says that a page arrived. */
export const pageDelivered = async (ports: Ports, incidentId: string, pageId: string): Promise<string> => {
  const page = await find(ports, incidentId, pageId);
  const incident = page && (await ports.store.get({ kind: 'incident', id: incidentId }));
  if (!page || !incident || page.state !== 'handed-over') return 'nothing-to-note';
  const line = { what: 'page-delivered' as const, text: `Arrived: ${nameOf(page)}.`, reason: 'delivered' };
  return record(
    ports,
    { page, incident, draw: drawNow(ports) },
    { page: { ...page, state: 'delivered' }, line },
  );
};
