import * as z from 'zod';
import type { Decision } from '../../domain/outbox/decision.ts';
import { parse } from '../../domain/parse.ts';
import { type ActionItem, ActionItemFields } from '../../domain/preventive/action-item/action-item.ts';
import { change, complete, drop, reopen } from '../../domain/preventive/action-item/life.ts';
import type { Deciding } from '../../domain/preventive/action-item/planner.ts';
import { verify } from '../../domain/preventive/action-item/verification.ts';
import { Refused } from '../../domain/refused.ts';
import { requireVersion, type Writer } from '../directory/crud.ts';
import { mergePatch } from '../directory/merge-patch.ts';
import { actorBy } from '../engine/actor-by.ts';
import { commitWithRetry } from '../engine/commit.ts';
import { findFor } from '../engine/find-for.ts';
import type { Ports } from '../engine/ports.ts';
import { itemWrites, loadContext } from './context.ts';
import { requireReferences } from './references.ts';

interface Action {
  id: string;
  by?: string | undefined;
  /** The item as the caller wants it; the very same unless they change its fields. */
  to?: (item: ActionItem) => ActionItem;
  decide(item: ActionItem, wanted: ActionItem, deciding: Deciding): Decision<ActionItem>;
}

/** Moves an item for a caller. Doing what is done already is an outcome too. */
const move = (
  ports: Ports,
  caller: Writer,
  { id, by, to = (item) => item, decide }: Action,
): Promise<ActionItem> =>
  commitWithRetry(
    ports,
    async () => {
      const { principal, invocation, ifMatch } = caller;
      const before = await findFor(ports, principal, { kind: 'action-item', id, role: 'write' });
      requireVersion(before, ifMatch);
      const wanted = to(before);
      if (wanted !== before) await requireReferences(ports, { item: wanted, was: before }, invocation.now);
      const [context, actor] = await Promise.all([loadContext(ports, wanted), actorBy(ports, caller, by)]);
      const plan = decide(before, wanted, { context, invocation, actor });
      const { writes, state } = itemWrites(before, plan, invocation);
      return { writes, result: state };
    },
    caller,
  );

/** Who says so, where that is not the caller, and what they say with it. */
export interface Said {
  id: string;
  by?: string | undefined;
  note?: string | undefined;
}

/** Changes an item by a merge patch. @throws Refused `illegal-move` for what is proven or dropped. */
export const changeItem = (ports: Ports, caller: Writer, { id, patch }: { id: string; patch: object }) =>
  move(ports, caller, { id, to: (item) => merged(item, patch), decide: change });

/** It is done; whether it holds is found out from now on. @throws Refused `illegal-move` for what was dropped. */
export const completeItem = (ports: Ports, caller: Writer, { id, by, note }: Said) =>
  move(ports, caller, { id, by, decide: (item, _, deciding) => complete(item, note, deciding) });

/** Somebody has looked whether it holds. @throws Refused `illegal-move`, among others for a look at their own work. */
export const verifyItem = (ports: Ports, caller: Writer, { id, by, ...seen }: Said & { holds: boolean }) =>
  move(ports, caller, { id, by, decide: (item, _, deciding) => verify(item, seen, deciding) });

export const reopenItem = (ports: Ports, caller: Writer, { id, by, note }: Said & { note: string }) =>
  move(ports, caller, { id, by, decide: (item, _, deciding) => reopen(item, note, deciding) });

/** Somebody answers for it that it is not done. @throws Refused `illegal-move` for what is proven. */
export const dropItem = (
  ports: Ports,
  caller: Writer,
  { id, by, reason }: { id: string; by?: string | undefined; reason: string },
) => move(ports, caller, { id, by, decide: (item, _, deciding) => drop(item, reason, deciding) });

const FIELDS = Object.keys(ActionItemFields.shape);

/** The item with the patch on it; the whole is checked again as if it were new. */
const merged = (item: ActionItem, patch: object): ActionItem => {
  if (item.status !== 'open' && item.status !== 'done')
    throw new Refused('illegal-move', `This action item is ${item.status}. Reopen it first.`);
  const current = Object.fromEntries(Object.entries(item).filter(([name]) => FIELDS.includes(name)));
  const kept = Object.fromEntries(Object.entries(item).filter(([name]) => !FIELDS.includes(name)));
  const schema = ActionItemFields.extend({
    clientId: z.literal(item.clientId, 'cannot be changed: create a new one instead'),
  });
  const fields = parse(schema, mergePatch(forgetOtherCheck(current, patch), patch), 'body');
  return { ...kept, ...fields, causeIds: [...new Set(fields.causeIds)] } as ActionItem;
};

/** A check of another type replaces the one before it whole: their fields do not mix. */
const forgetOtherCheck = (current: Record<string, unknown>, patch: object): object => {
  const { verification: wanted } = patch as { verification?: { type?: string } | null };
  const { verification: now } = current as { verification: { type: string } };
  return wanted?.type && wanted.type !== now.type ? { ...current, verification: {} } : current;
};
