import { type Failure, fail, passIfNobodyReached } from '../../domain/corrective/paging/failure.ts';
import type { Page } from '../../domain/corrective/paging/page.ts';
import type { Invocation } from '../../domain/id.ts';
import { cachedGet } from '../engine/cache.ts';
import { type Attempt, commitWithRetry, writesOf } from '../engine/commit.ts';
import { newInvocation } from '../engine/invocation.ts';
import type { Ports } from '../engine/ports.ts';
import { change, reloadOnConflict } from '../engine/reload-on-conflict.ts';
import { loadEscalationContext } from '../incidents/escalation-context.ts';

interface Failing {
  failure: Failure;
  /** Whether a page has come to what a failure does not change. */
  unless: (page: Page) => boolean;
}

/** Commits a failed page with what follows from it: the person's next method, or the next step. */
export const pageFailed = async (ports: Ports, page: Page, { failure, unless }: Failing): Promise<string> => {
  const invocation = newInvocation(ports);
  ports.telemetry.count('PagesFailed');
  const current = reloadOnConflict(ports, page);
  const reason = await commitWithRetry(ports, async (): Promise<Attempt<string>> => {
    const before = await current();
    if (unless(before)) return { writes: [], result: 'known-already' };
    const context = await surroundings(ports, before, invocation);
    const decision = fail({ ...context, failure }, invocation);
    const { writes } = await writesOf(ports, { before: context.standing.incident, decision }, invocation);
    return { writes: [change(before, decision.page), ...writes], result: decision.reason };
  });
  return reason === 'others-may-answer' ? lookAgain(ports, page) : reason;
};

/** Pages of a step that fail at the same moment do not see each other; whoever is last sees them all here. */
const lookAgain = (ports: Ports, page: Page): Promise<string> => {
  const invocation = newInvocation(ports);
  return commitWithRetry(ports, async (): Promise<Attempt<string>> => {
    const context = await surroundings(ports, page, invocation);
    const decision = passIfNobodyReached(context, invocation);
    const { writes } = await writesOf(ports, { before: context.standing.incident, decision }, invocation);
    return { writes, result: decision.reason };
  });
};

/** What a decision about a failed page stands on. */
const surroundings = async (ports: Ports, page: Page, invocation: Invocation) => {
  const incident = await ports.store.get({ kind: 'incident', id: page.incidentId });
  if (!incident) throw new Error(`The incident of the page ${page.id} is missing.`);
  const [standing, siblings, person] = await Promise.all([
    loadEscalationContext(ports, incident, invocation.now),
    siblingsOf(ports, page),
    personOf(ports, page),
  ]);
  return { page, standing, siblings, person };
};

const personOf = async (ports: Ports, { personId: id }: Page) =>
  id === undefined ? undefined : (await cachedGet(ports, [{ kind: 'person' as const, id }])).get(id);

const siblingsOf = async (ports: Ports, page: Page): Promise<Page[]> => {
  const prefix = page.promise.slice(0, page.promise.indexOf('#') + 1);
  const first = await ports.store.list({ of: 'page', incidentId: page.incidentId, prefix }, { limit: 100 });
  return first.items;
};
