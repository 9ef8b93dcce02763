import { expect } from 'vitest';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import { firebreak, type Principal } from '../../shared/domain/directory/access.ts';
import type { HistoryEntry } from '../../shared/domain/outbox/history.ts';
import type { Notice } from '../../shared/domain/outbox/notice.ts';
import { type ActionItem, ActionItemBody } from '../../shared/domain/preventive/action-item/action-item.ts';
import type { Cause } from '../../shared/domain/preventive/recurrence/cause.ts';
import * as moves from '../../shared/workflow/action-items/actions.ts';
import { makeItem } from '../../shared/workflow/action-items/make.ts';
import { reopenForRecurrence } from '../../shared/workflow/action-items/reopen-for-recurrence.ts';
import type { Writer } from '../../shared/workflow/directory/crud.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { listAll } from '../../shared/workflow/engine/list-all.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';
import { START } from './cast.ts';
import type { Desk } from './desk.ts';

export const OWNER = 'ada@example.com';
export const LEAD = 'bo@example.com';
export const MANAGER = 'cy@example.com';
export const FALLBACK = 'fallback@example.com';

/** Two weeks after the start, at the end of the day. */
export const DUE = '2026-01-19T17:00:00.000Z';
export const LOOK_AGAIN = '2026-02-02T09:00:00.000Z';

/** Action items at a desk: ada owns them, bo is the client's technical lead, cy its project manager. */
export interface ActionDesk {
  make(body?: object): Promise<ActionItem>;
  change(id: string, patch: object): Promise<ActionItem>;
  complete(id: string, by?: string): Promise<ActionItem>;
  verify(id: string, said: { holds: boolean; by?: string; note?: string }): Promise<ActionItem>;
  reopen(id: string, note: string): Promise<ActionItem>;
  drop(id: string, reason: string): Promise<ActionItem>;
  item(id: string): Promise<ActionItem>;
  /** What happened to it, as far as it is not about single messages. */
  history(id: string): Promise<string[]>;
  notices(id: string): Promise<Notice[]>;
  /** A cause that a review has found. */
  cause(text?: string): Promise<Cause>;
  /** An incident opens that a cause brought about; its item is opened again where `recurs`. */
  sighting(cause: Cause, more?: { recurs: boolean }): Promise<Incident>;
  /** The one message about this to the address; it has to be there, and the only one about it. */
  expectTold(address: string, about: RegExp): Message;
  /** Everybody who was told, and in which words it begins; accounted for by that. */
  heard(): string[];
}

export const actionDesk = async (
  desk: Desk,
  { followUp, lead = true, manager = true }: { followUp?: object; lead?: boolean; manager?: boolean } = {},
): Promise<ActionDesk> => {
  const { ports, cast } = desk;
  const { ada, bo, cy } = cast.people;
  const client = {
    ...cast.client,
    ...(lead ? { technicalLeadId: bo.id } : {}),
    ...(manager ? { projectManagerId: cy.id } : {}),
    ...(followUp ? { followUp } : {}),
  };
  await ports.store.commit([{ put: client as typeof cast.client }]);
  desk.outbox.length = 0;
  const caller = (principal: Principal = firebreak): Writer => ({
    principal,
    invocation: newInvocation(ports),
  });
  const settled = async <T>(result: Promise<T>): Promise<T> => {
    const given = await result;
    await desk.reconcile();
    return given;
  };
  const body = (more: object): ActionItemBody =>
    ActionItemBody.parse({
      ...{ clientId: client.id, title: 'Size the pool by load', type: 'long-term-fix', ownerId: ada.id },
      ...{ dueAt: DUE, by: bo.id },
      verification: { type: 'statement', statement: 'No wait in the pool', lookAgainAt: LOOK_AGAIN },
      ...more,
    });
  const kept = async (id: string): Promise<ActionItem> => {
    const item = await ports.store.get({ kind: 'action-item', id });
    if (!item) throw new Error(`There is no ${id}.`);
    return item;
  };
  return {
    make: (more = {}) => settled(makeItem(ports, caller(), body(more))),
    change: (id, patch) => settled(moves.changeItem(ports, caller(), { id, patch })),
    complete: (id, by = ada.id) => settled(moves.completeItem(ports, caller(), { id, by })),
    verify: (id, said) => settled(moves.verifyItem(ports, caller(), { id, ...said })),
    reopen: (id, note) => settled(moves.reopenItem(ports, caller(), { id, by: bo.id, note })),
    drop: (id, reason) => settled(moves.dropItem(ports, caller(), { id, by: ada.id, reason })),
    item: kept,
    history: async (id) => {
      const entries: HistoryEntry[] = [];
      for await (const entry of listAll(ports, { of: 'history-entry', subjectId: id })) entries.push(entry);
      return entries.map(({ what }) => what).filter((what) => !what.startsWith('notice-'));
    },
    notices: async (id) => {
      const notices: Notice[] = [];
      for await (const notice of listAll(ports, { of: 'notice', subjectId: id })) notices.push(notice);
      return notices;
    },
    cause: async (text = 'The pool is too small') => {
      const { now, id } = newInvocation(ports);
      const cause: Cause = {
        ...{ kind: 'cause', id: `cau_${id}`, version: 1, createdAt: now, updatedAt: now },
        ...{ clientId: client.id, serviceId: cast.service.id, type: 'capacity', text, reviewId: 'rev_1' },
      };
      await ports.store.commit([{ put: cause }]);
      return cause;
    },
    sighting: async (cause, { recurs } = { recurs: false }) => {
      await desk.alert(`checkout-${ports.newId()}`);
      for (const address of cast.people.ada.contactMethods) desk.take(address.address);
      await desk.does('ada', 'resolve');
      const incident = await desk.incident();
      const seen = { causeId: cause.id, incidentId: incident.id };
      const at = incident.openedAt;
      await ports.store.commit([
        { put: { kind: 'cause-sighting', ...seen, clientId: client.id, at, how: 'alert-key' } },
      ]);
      desk.outbox.length = 0;
      if (recurs) await settled(recurred(desk, seen));
      return incident;
    },
    expectTold: (address, about) => {
      const told = desk.take(address, about);
      expect(
        told.map(({ subject }) => subject),
        `${address} about ${about}`,
      ).toHaveLength(1);
      return told[0] as Message;
    },
    heard: () =>
      [OWNER, LEAD, MANAGER, 'dee@example.com', FALLBACK].flatMap((address) =>
        desk.take(address).map(({ subject }) => `${address.split('@')[0]}: ${subject.split(':')[0]}`),
      ),
  };
};

/** The effect that says that a cause came up again, performed. */
export const recurred = ({ ports }: Desk, seen: { causeId: string; incidentId: string }): Promise<string> => {
  const perform = { type: 'reopen-for-recurrence', ...seen } as const;
  const promised = { subjectId: seen.incidentId, id: `eff_${seen.causeId}`, clientId: 'cli', attempts: 0 };
  return reopenForRecurrence(ports, { kind: 'effect', ...promised, dueAt: START, perform }, perform);
};
