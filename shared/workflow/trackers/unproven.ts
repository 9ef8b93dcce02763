import { knownIssue } from '../../domain/preventive/tracker/issue.ts';
import { listAll } from '../engine/list-all.ts';
import type { Ports } from '../engine/ports.ts';

const AT_ONCE = 100;
const MOST_NAMED = 5;

/** The first few action items that are linked to an issue of the tracker, and neither proven nor dropped. */
export const unprovenIn = async (ports: Ports, trackerId: string): Promise<string[]> => {
  const titles: string[] = [];
  let batch: string[] = [];
  const look = async (): Promise<void> => {
    const items = await ports.store.getMany(batch.map((id) => ({ kind: 'action-item' as const, id })));
    const waiting = items.filter(
      (item) => knownIssue(item)?.trackerId === trackerId && ['open', 'done'].includes(item.status),
    );
    titles.push(...waiting.map(({ title }) => title));
    batch = [];
  };
  for await (const { actionItemId } of listAll(ports, { of: 'tracked-issue', trackerId })) {
    batch.push(actionItemId);
    if (batch.length === AT_ONCE) await look();
    if (titles.length >= MOST_NAMED) break;
  }
  await look();
  return titles.slice(0, MOST_NAMED);
};
