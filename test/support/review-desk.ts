import { expect } from 'vitest';
import { firebreak, type Principal } from '../../shared/domain/directory/access.ts';
import { ReviewRule } from '../../shared/domain/directory/follow-up.ts';
import type { HistoryEntry } from '../../shared/domain/outbox/history.ts';
import type { Contents } from '../../shared/domain/preventive/review/contents.ts';
import { type Review, reviewIdOf } from '../../shared/domain/preventive/review/review.ts';
import type { ReviewSection, SectionName } from '../../shared/domain/preventive/review/section.ts';
import type { Caller } from '../../shared/workflow/engine/caller.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';
import {
  approveReview,
  askForChanges,
  submitReview,
  waiveReview,
} from '../../shared/workflow/reviews/actions.ts';
import { changeReview } from '../../shared/workflow/reviews/change.ts';
import { editReview } from '../../shared/workflow/reviews/edit.ts';
import { publishReview } from '../../shared/workflow/reviews/publish.ts';
import { contentsOf, readableReview } from '../../shared/workflow/reviews/read.ts';
import type { Cast } from './cast.ts';
import type { Desk } from './desk.ts';

type Name = keyof Cast['people'];

export const OWNER = 'ada@example.com';
export const LEAD = 'bo@example.com';
export const MANAGER = 'cy@example.com';
export const READER = 'reader@client.example.com';

/** One key of a program, that may write. */
export const program: Principal = {
  id: 'key_01KE6F3G00PR0GRAM',
  kind: 'api-key',
  grants: [{ clientId: '*', role: 'write' }],
};

/** A desk whose client has its incidents reviewed: ada answers and owns, bo leads, cy manages, dee writes. */
export interface ReviewDesk {
  caller(): Caller;
  id(name: Name): string;
  /** An incident that ada has answered and resolved, with its review if it is due. */
  resolvedIncident(dedupKey?: string, severity?: Review['severity']): Promise<string>;
  review(incidentId?: string): Promise<Review>;
  contents(): Promise<Contents>;
  history(): Promise<HistoryEntry[]>;
  /** Writes a section in the name of one of the cast. */
  write(name: SectionName, section: Partial<ReviewSection>, by?: Name): Promise<void>;
  /** Writes all that has to be there before it can be submitted, and what the client is to read, as dee. */
  writeAll(): Promise<void>;
  submit(by?: Name): Promise<Review>;
  approve(by: Name, revision?: number): Promise<Review>;
  askForChanges(by: Name, note: string): Promise<Review>;
  publish(by?: Name): Promise<Review>;
  waive(by: Name, reason: string): Promise<Review>;
  /** The one message about this to the address; it has to be there, and the only one about it. */
  expectTold(address: string, about: RegExp): Message;
  /** Accounts for messages that a test does not look at. */
  overlook(...addresses: string[]): void;
}

const ESSENTIALS: [SectionName, Partial<ReviewSection>][] = [
  ['summary', { text: 'The shop took no orders for an hour.' }],
  ['impact', { text: 'Nobody could pay.' }],
  ['analysis', { text: 'A certificate had expired, and nothing watched it.' }],
  ['fix', { text: 'It was renewed by hand.', choice: 'short-term' }],
  ['one-person', { text: '', choice: 'yes' }],
  ['client-summary', { text: 'For an hour no orders could be placed.' }],
  ['client-cause', { text: 'A certificate had expired.' }],
];

export const reviewDesk = async (desk: Desk, rule: object = {}, client: object = {}): Promise<ReviewDesk> => {
  const { ports, cast } = desk;
  const { people } = cast;
  const id = (name: Name): string => people[name].id;
  const put = {
    ...cast.client,
    ...{ technicalLeadId: id('bo'), projectManagerId: id('cy') },
    reviewRule: ReviewRule.parse(rule),
    ...client,
  };
  await ports.store.commit([{ put }]);
  desk.outbox.length = 0;
  const caller = (): Caller => ({ principal: firebreak, invocation: newInvocation(ports) });
  const settled = async <T>(result: Promise<T>): Promise<T> => {
    const given = await result;
    await desk.reconcile();
    return given;
  };
  const reviewId = async (): Promise<string> => reviewIdOf((await desk.incident()).id);
  const review: ReviewDesk['review'] = async (incidentId) =>
    readableReview(ports, firebreak, incidentId ? reviewIdOf(incidentId) : await reviewId());
  const write: ReviewDesk['write'] = async (name, section, by = 'dee') => {
    await settled(
      editReview(ports, caller(), {
        id: await reviewId(),
        by: id(by),
        decide: async ({ review: { id: of, clientId }, actor, invocation }) => {
          const before = await ports.store.get({ kind: 'review-section', reviewId: of, name });
          const version = (before?.version ?? 0) + 1;
          const written: ReviewSection = {
            ...{ kind: 'review-section', reviewId: of, name, clientId, version, text: '' },
            ...{ writtenBy: actor, updatedAt: invocation.now },
            ...section,
          };
          const guard = before ? before.version : ('new' as const);
          return { writes: [{ put: written, guard }], what: `wrote ${name}.`, result: undefined };
        },
      }),
    );
  };
  return {
    caller,
    id,
    resolvedIncident: async (dedupKey = 'checkout', severity = 'sev1') => {
      await desk.alert(dedupKey, { severity });
      const incident = await desk.incident();
      await desk.does('ada', 'acknowledge', incident.id);
      await desk.does('ada', 'resolve', incident.id);
      for (const address of cast.addresses('ada')) desk.take(address, /^(?!.*[Rr]eview)/);
      return incident.id;
    },
    review,
    contents: async () => contentsOf(ports, await review()),
    history: async () =>
      (await ports.store.list({ of: 'history-entry', subjectId: await reviewId() }, { limit: 500 })).items,
    write,
    writeAll: async () => {
      const { technique } = await review();
      if (technique !== 'free-text') await useFreeText();
      for (const [name, section] of ESSENTIALS) await write(name, section);
    },
    submit: async (by = 'ada') =>
      settled(submitReview(ports, caller(), { id: await reviewId(), by: id(by) })),
    approve: async (by, revision) =>
      settled(approveReview(ports, caller(), { id: await reviewId(), by: id(by), revision })),
    askForChanges: async (by, note) =>
      settled(askForChanges(ports, caller(), { id: await reviewId(), by: id(by), note })),
    publish: async (by = 'cy') =>
      settled(publishReview(ports, caller(), { id: await reviewId(), by: id(by) })),
    waive: async (by, reason) =>
      settled(waiveReview(ports, caller(), { id: await reviewId(), by: id(by), reason })),
    expectTold: (address, about) => {
      const told = desk.take(address, about);
      expect(
        told.map(({ subject }) => subject),
        `${address} about ${about}`,
      ).toHaveLength(1);
      return told[0] as Message;
    },
    overlook: (...addresses) => {
      for (const address of addresses) desk.take(address);
    },
  };

  async function useFreeText(): Promise<void> {
    const patch = { technique: 'free-text' as const, by: id('dee') };
    await settled(changeReview(ports, caller(), { id: await reviewId(), patch }));
  }
};
