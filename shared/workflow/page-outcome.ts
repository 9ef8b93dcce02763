import type { Incident } from '../domain/corrective/incident.ts';
import type { Page } from '../domain/corrective/page.ts';
import { scribe } from '../domain/corrective/scribe.ts';
import type { Draw } from '../domain/id.ts';
import { type Attempt, decideAgain } from './commit.ts';
import type { Ports } from './ports.ts';
import type { Write } from './store-port.ts';

/** What became of a page, and the line that says so. */
export interface PageOutcome {
  becomes: Partial<Page>;
  line: { what: 'page-skipped' | 'page-handed-over' | 'page-delivered'; text: string; reason: string };
  /** Whether a page has come to what this does not change. */
  unless: (page: Page) => boolean;
}

interface Around {
  /** As it was claimed or read. */
  page: Page;
  incident: Incident;
  draw: Draw;
}

/** Commits what became of a page, if nobody has settled it otherwise: one commit, without another read. */
export const recordOutcome = (ports: Ports, around: Around, outcome: PageOutcome): Promise<string> => {
  const { page, incident, draw } = around;
  const { becomes, line, unless } = outcome;
  const story = scribe(incident, draw);
  const { id: pageId, personId } = page;
  story.write({ ...line, refersTo: { pageId, ...(personId ? { personId } : {}) } });
  const told = story.entries.map((put): Write => ({ put }));
  const current = asItStands(ports, page);
  return decideAgain(ports, async (): Promise<Attempt<string>> => {
    const before = await current();
    if (unless(before)) return { writes: [], result: 'known-already' };
    return { writes: [change(before, { ...before, ...becomes }), ...told], result: line.reason };
  });
};

/** The page to decide on: the first time as it is known, and read again each time a commit was lost to others. */
export const asItStands = (ports: Ports, { incidentId, promise, ...rest }: Page): (() => Promise<Page>) => {
  let known: Page | undefined = { ...rest, incidentId, promise };
  return async () => {
    const page = known ?? (await ports.store.get({ kind: 'page', incidentId, promise }));
    known = undefined;
    if (!page) throw new Error(`The page ${rest.id} is missing.`);
    return page;
  };
};

/** Writes a page over just what it was decided on. One that an older version claimed has nothing to tell that by. */
export const change = (before: Page, page: Page): Write => ({
  put: { ...page, version: (before.version ?? 0) + 1 },
  ...(before.version === undefined ? {} : { guard: before.version }),
});
