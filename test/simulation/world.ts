import { expect } from 'vitest';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import type { Page } from '../../shared/domain/corrective/paging/page.ts';
import { ulid } from '../../shared/domain/id.ts';
import type { Ref } from '../../shared/domain/records.ts';
import { after, epoch, type Instant } from '../../shared/domain/time.ts';
import { keyOf } from '../../shared/store/keys.ts';
import type { Message, Ports, Receipt } from '../../shared/workflow/engine/ports.ts';
import type { Store, Write } from '../../shared/workflow/engine/store-port.ts';
import { sweep } from '../../shared/workflow/engine/sweep.ts';
import { cast, START } from '../support/cast.ts';
import { nothingOutside } from '../support/outside.ts';
import type { Gate, Step } from './interleave.ts';
import { type MemoryStore, memoryStore, type Table } from './memory-store.ts';

/** What nobody writes in these stories: reading it is no step, for it commutes with every other. */
const UNCHANGING = new Set([
  'client',
  'service',
  'person',
  'escalation-policy',
  'schedule',
  'policy-snapshot',
]);

export const team = cast({ groupingWindow: 'PT30M' });

/** A send, with the incident as it stood when the page was claimed for it. */
interface Sent {
  pageId: string;
  page: Page;
  atClaim: Incident;
}

/** One table with several processes on it, and a record of all that was sent. */
export interface World {
  store: MemoryStore;
  sent: Sent[];
  /** The notices that were handed over, as often as they were. */
  told: string[];
  now: Instant;
  /** The channels that hand nothing over. */
  refuses: string[];
  /** A process of its own: what it remembers is lost with it. Every step that others could see waits at the gate. */
  process(gate?: Gate): Ports;
}

let drawn = 0;
const entropy = (): Uint8Array => {
  drawn += 1;
  return new Uint8Array([0, 0, 0, 0, 0, 0, drawn >> 24, drawn >> 16, drawn >> 8, drawn]);
};

export const worldOn = (table: Table, now: Instant = START): World => {
  const store = memoryStore(table);
  const claims = new Map<string, { page: Page; atClaim: Incident }>();
  const world: World = { store, sent: [], told: [], now, refuses: [], process: (gate) => processOn(gate) };
  const claim: Store['claim'] = async (ref, at) => {
    const claimed = await store.claim(ref, at);
    const atClaim = store.all('incident').find(({ id }) => id === claimed?.incidentId);
    if (claimed?.kind === 'page' && atClaim) claims.set(claimed.id, { page: claimed as Page, atClaim });
    return claimed;
  };
  const send = async ({ id, channel }: Message): Promise<Receipt> => {
    if (world.refuses.includes(channel))
      return { handedOver: false, reason: 'no such address', retryable: false };
    const claimed = claims.get(id);
    if (claimed) world.sent.push({ pageId: id, ...claimed });
    if (id.startsWith('ntc_')) world.told.push(id);
    return { handedOver: true, reference: id };
  };
  const processOn = (gate: Gate = async () => {}): Ports => ({
    store: gated({ ...store, claim }, gate),
    send: async (message) => {
      await gate({ sees: [], changes: [] });
      return send(message);
    },
    clock: { now: () => world.now, pause: async () => {} },
    newId: () => ulid(epoch(world.now), entropy()),
    newSecret: () => '',
    armTimer: async () => {},
    ...nothingOutside,
    readPage: async () => ({ status: 404, body: '' }),
    secrets: { linkKeys: async () => [{ version: 1, secret: 'secret' }], adminKeyHash: async () => '' },
    settings: {
      publicUrl: 'https://pages.example.com',
      fallbackContact: { channel: 'email', address: 'fallback@example.com' },
      smsReplies: false,
      eventsPerMinute: 6000,
      alarmTopics: [],
    },
    telemetry: {
      count: () => {},
      note: () => {},
      alarm: (event, error) => event === 'repeat-not-counted' || expect.soft(error, event).toBeUndefined(),
    },
  });
  return world;
};

const keyText = (ref: Ref): string => Object.values(keyOf(ref)).join('\t');

const listed = (ref: Ref): string => `every ${ref.kind}`;

const stepOf = (writes: Write[]): Step => {
  const refs = writes.map((write) =>
    'put' in write ? write.put : 'remove' in write ? write.remove : write.check,
  );
  return { sees: [], changes: refs.flatMap((ref: Ref) => [keyText(ref), listed(ref)]) };
};

/** Every call that could see or change what others see waits at the gate. */
const gated = (store: Store, gate: Gate): Store => ({
  get: async (ref) => {
    if (!UNCHANGING.has(ref.kind)) await gate({ sees: [keyText(ref as unknown as Ref)], changes: [] });
    return store.get(ref);
  },
  getMany: async (refs) => {
    if (refs.some(({ kind }) => !UNCHANGING.has(kind)))
      await gate({ sees: refs.map((ref) => keyText(ref as unknown as Ref)), changes: [] });
    return store.getMany(refs);
  },
  list: async (list, page) => {
    await gate({ sees: [`every ${list.of}`], changes: [] });
    return store.list(list, page);
  },
  commit: async (writes) => {
    await gate(stepOf(writes));
    return store.commit(writes);
  },
  claim: async (ref, now) => {
    // What the incident is at this moment decides whether sending was right.
    const sees = ref.kind === 'page' ? [keyText({ kind: 'incident', id: ref.incidentId })] : [];
    await gate({ sees, changes: [keyText(ref as unknown as Ref), listed(ref as unknown as Ref)] });
    return store.claim(ref, now);
  },
  countRepeat: async (alertId, now) => {
    const ref = { kind: 'alert' as const, id: alertId };
    await gate({ sees: [], changes: [keyText(ref), listed(ref)] });
    return store.countRepeat(alertId, now);
  },
  nextNumber: store.nextNumber,
  due: store.due,
  forgetExpired: store.forgetExpired,
});

/** What the sweep makes good: a minute later, when every lease is over, and a minute after that. */
export const sweepLater = async (world: World): Promise<void> => {
  for (let sweeps = 0; sweeps < 2; sweeps += 1) {
    world.now = after(world.now, 'PT1M');
    await sweep(world.process());
  }
};
