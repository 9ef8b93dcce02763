import { type Failure, fail, passIfNobodyReached } from '../domain/corrective/failure.ts';
import type { Page } from '../domain/corrective/page.ts';
import type { Draw } from '../domain/id.ts';
import { type Attempt, decideAgain, writesOf } from './commit.ts';
import { drawNow } from './draw-now.ts';
import { asItStands, change } from './message-as-claimed.ts';
import type { Ports } from './ports.ts';
import { recall } from './recall.ts';
import { standingOf } from './standing.ts';

interface Failing {
  failure: Failure;
  /** Whether a page has come to what a failure does not change. */
  unless: (page: Page) => boolean;
}

/** Commits a failed page with what follows from it: the person's next method, or the next step. */
export const pageFailed = async (ports: Ports, page: Page, { failure, unless }: Failing): Promise<string> => {
  const draw = drawNow(ports);
  ports.watch.count('PagesFailed');
  const current = asItStands(ports, page);
  const reason = await decideAgain(ports, async (): Promise<Attempt<string>> => {
    const before = await current();
    if (unless(before)) return { writes: [], result: 'known-already' };
    const around = await surroundings(ports, before, draw);
    const decision = fail({ ...around, failure }, draw);
    const { writes } = await writesOf(ports, { before: around.standing.incident, decision }, draw);
    return { writes: [change(before, decision.page), ...writes], result: decision.reason };
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
