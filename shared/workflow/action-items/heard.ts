import type { Actor } from '../../domain/corrective/timeline.ts';
import type { Draw } from '../../domain/id.ts';
import { type Heard, hear } from '../../domain/preventive/action-item/hearing.ts';
import { decideAgain } from '../commit.ts';
import type { Ports } from '../ports.ts';
import { aroundOf, itemWrites } from './around.ts';
import { itemOf } from './read.ts';

/** What a tracker's webhook says of the issue of an item. The caller has made sure that it may. Gives the reason. */
export const heardFromTracker = (
  ports: Ports,
  { actionItemId, actor, change, draw }: { actionItemId: string; actor: Actor; change: Heard; draw: Draw },
): Promise<string> =>
  decideAgain(ports, async () => {
    const item = await itemOf(ports, actionItemId);
    if (!item) return { writes: [], result: 'item-is-gone' };
    const plan = hear(item, change, { around: await aroundOf(ports, item), draw, actor });
    return { writes: itemWrites(item, plan, draw).writes, result: plan.reason };
  });
