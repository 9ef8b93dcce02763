import type { Incident } from '../domain/corrective/incident.ts';
import type { Page } from '../domain/corrective/page.ts';
import { scribe } from '../domain/corrective/scribe.ts';
import type { Draw } from '../domain/id.ts';
import { type Attempt, decideAgain } from './commit.ts';
import { asItStands, change } from './message-as-claimed.ts';
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
