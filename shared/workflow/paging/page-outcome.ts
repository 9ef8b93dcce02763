import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import type { Page } from '../../domain/corrective/paging/page.ts';
import type { Invocation } from '../../domain/id.ts';
import { type Attempt, commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import { change, reloadOnConflict } from '../engine/reload-on-conflict.ts';
import type { Write } from '../engine/store-port.ts';

/** What became of a page, and the line that says so. */
export interface PageOutcome {
  becomes: Partial<Page>;
  line: { what: 'page-skipped' | 'page-handed-over' | 'page-delivered'; text: string; reason: string };
  /** Whether a page has come to what this does not change. */
  unless: (page: Page) => boolean;
}

interface Context {
  /** As it was claimed or read. */
  page: Page;
  incident: Incident;
  invocation: Invocation;
}

/** Commits what became of a page, if nobody has settled it otherwise: one commit, without another read. */
export const recordPageOutcome = (ports: Ports, context: Context, outcome: PageOutcome): Promise<string> => {
  const { page, incident, invocation } = context;
  const { becomes, line, unless } = outcome;
  const history = timelineOf(incident, invocation);
  const { id: pageId, personId } = page;
  history.write({ ...line, refersTo: { pageId, ...(personId ? { personId } : {}) } });
  const told = history.entries.map((put): Write => ({ put }));
  const current = reloadOnConflict(ports, page);
  return commitWithRetry(ports, async (): Promise<Attempt<string>> => {
    const before = await current();
    if (unless(before)) return { writes: [], result: 'known-already' };
    return { writes: [change(before, { ...before, ...becomes }), ...told], result: line.reason };
  });
};
