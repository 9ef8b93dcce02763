import { randomBytes } from 'node:crypto';
import { afterEach, expect } from 'vitest';
import type { Channel } from '../../shared/domain/channels/channel.ts';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import type { Page } from '../../shared/domain/corrective/paging/page.ts';
import { ulid } from '../../shared/domain/id.ts';
import type { HistoryEntry } from '../../shared/domain/outbox/history.ts';
import type { AlertEvent } from '../../shared/domain/proactive/alerts/alert-event.ts';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { after, type Duration, epoch } from '../../shared/domain/time.ts';
import type { Outcome } from '../../shared/workflow/alerts/arrival.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import { deliver } from '../../shared/workflow/engine/deliver.ts';
import type { Message, Ports, Receipt } from '../../shared/workflow/engine/ports.ts';
import { sweep } from '../../shared/workflow/engine/sweep.ts';
import { type Action, move } from '../../shared/workflow/incidents/actions.ts';
import { type Cast, cast, START } from './cast.ts';
import type { TestEngine } from './engine.ts';
import { type FilesInMemory, filesInMemory, nothingOutside, vaultInMemory } from './outside.ts';

/** A channel that does what a test says: hands over, fails for now, or refuses for good. */
type Behaviour = (message: Message) => Receipt;
const works: Behaviour = ({ id }) => ({ handedOver: true, reference: `ref-${id}` });
export const isDown: Behaviour = () => ({
  handedOver: false,
  reason: 'the channel is down',
  retryable: true,
});
export const refuses: Behaviour = () => ({ handedOver: false, reason: 'no such address', retryable: false });

export interface DeskOptions {
  cast?: Partial<Parameters<typeof cast>[0]>;
  settings?: Partial<Ports['settings']>;
}

/** One on-call team at work, on the real engine with the real workflows, and a clock to push. */
export interface Desk {
  ports: Ports;
  cast: Cast;
  /** What was promised by commits and is waiting for its hand-over; `settle` performs it. */
  outbox: StoredRecord[];
  reconcile(): Promise<void>;
  alert(dedupKey: string, event?: Partial<AlertEvent>): Promise<Outcome>;
  resolved(dedupKey: string, event?: Partial<AlertEvent>): Promise<Outcome>;
  does(person: keyof Cast['people'], what: Action, incidentId?: string): Promise<string>;
  pass(duration: Duration): Promise<void>;
  channel(name: Channel, behaves: Behaviour): void;
  /** What somebody else serves at an address, until told otherwise; `undefined` is no answer at all. */
  serves(url: string, body: unknown): void;
  /** Where files are sent to, and fetched from. */
  files: FilesInMemory;
  /** Who answers when somebody else's API is called, until told otherwise. */
  outside(answers: Ports['httpRequest']): void;
  /** What raised an alarm; a test that expects any takes them out. */
  alarms: string[];
  /** `person` is one of the cast, `fallback`, or an address. */
  expectPaged(person: string, by?: Channel): Message;
  /** All that was sent to an address about this, by its subject; accounted for by that. */
  take(address: string, about?: RegExp): Message[];
  expectNobodyPaged(): void;
  incident(id?: string): Promise<Incident>;
  incidents(): Promise<Incident[]>;
  timeline(id?: string): Promise<HistoryEntry[]>;
  pages(id?: string): Promise<Page[]>;
}

/** Call at the top of a journey; every test of the file must account for every message that was sent. */
export const deskOn = (engine: TestEngine) => {
  let desk: Desk | undefined;
  afterEach(() => {
    desk?.expectNobodyPaged();
    expect(desk?.alarms ?? []).toEqual([]);
    desk = undefined;
  });
  return async (options: DeskOptions = {}): Promise<Desk> => {
    desk = await open(engine, options);
    return desk;
  };
};

const open = async (engine: TestEngine, options: DeskOptions): Promise<Desk> => {
  const outbox: StoredRecord[] = [];
  const sent: Message[] = [];
  const behaves: Record<Channel, Behaviour> = { email: works, sms: works };
  const served = new Map<string, unknown>();
  const alarms: string[] = [];
  const files = filesInMemory(() => now);
  let now = START;
  let { httpRequest } = nothingOutside;
  const { store } = await engine.makeTable({ afterCommit: (written) => void outbox.push(...written) });
  const ports: Ports = {
    store,
    clock: { now: () => now, pause: async () => {} },
    newId: () => ulid(epoch(now), randomBytes(10)),
    newSecret: () => randomBytes(32).toString('hex'),
    send: async (message) => {
      const receipt = behaves[message.channel](message);
      if (receipt.handedOver) sent.push(message);
      return receipt;
    },
    armTimer: async () => {},
    httpRequest: (request) => httpRequest(request),
    files,
    vault: vaultInMemory(),
    readPage: async (url) => {
      const body = served.get(url);
      if (body === undefined) throw new Error('no answer within 5 seconds');
      return { status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) };
    },
    secrets: {
      linkKeys: async () => [{ version: 1, secret: 'a-secret-of-this-test' }],
      adminKeyHash: async () => '',
    },
    settings: {
      publicUrl: 'https://pages.example.com',
      fallbackContact: { channel: 'email', address: 'fallback@example.com' },
      smsReplies: false,
      eventsPerMinute: 6000,
      alarmTopics: [],
      ...options.settings,
    },
    telemetry: {
      count: () => {},
      note: () => {},
      alarm: (event, error) => void alarms.push(`${event}: ${error}`),
    },
  };
  const team = cast(options.cast ?? {});
  for (const put of team.records) await store.commit([{ put }]);
  outbox.length = 0;
  const invocation = () => ({ now, id: ports.newId() });
  const reconcile = async (): Promise<void> => {
    for (let next = outbox.shift(); next; next = outbox.shift())
      if (next.kind === 'page' || next.kind === 'notice' || next.kind === 'effect')
        await deliver(ports, next);
  };
  const report = async (event: AlertEvent): Promise<Outcome> => {
    const outcome = await receiveAlert(ports, team.integration, event, invocation());
    await reconcile();
    return outcome;
  };
  const all = async (): Promise<Incident[]> =>
    (await store.list({ of: 'incident', clientId: team.client.id }, { limit: 100 })).items;
  const only = async (id?: string): Promise<Incident> => {
    const found = id ? await store.get({ kind: 'incident', id }) : (await all())[0];
    if (!found) throw new Error('There is no incident.');
    return found;
  };
  return {
    ports,
    cast: team,
    outbox,
    reconcile,
    alert: (dedupKey, event = {}) =>
      report({ action: 'trigger', dedupKey, summary: `${dedupKey} is broken`, severity: 'sev1', ...event }),
    resolved: (dedupKey, event = {}) =>
      report({ action: 'resolve', dedupKey, summary: '', severity: 'sev1', ...event }),
    does: async (who, what, incidentId) => {
      const { id, name } = team.people[who];
      const actor = { kind: 'person' as const, id, name };
      const { reason } = await move(ports, (await only(incidentId)).id, what, {
        actor,
        by: id,
        invocation: invocation(),
      });
      await reconcile();
      return reason;
    },
    pass: async (duration) => {
      const until = after(now, duration);
      for (;;) {
        const due = await nextDue(ports, until);
        if (!due) break;
        if (due > now) now = due;
        await sweep(ports);
        await reconcile();
      }
      now = until;
    },
    channel: (name, behaviour) => {
      behaves[name] = behaviour;
    },
    serves: (url, body) => void served.set(url, body),
    files,
    outside: (answers) => {
      httpRequest = answers;
    },
    alarms,
    expectPaged: (person, by) => {
      const addresses = /[@+]/.test(person) ? [person] : team.addresses(person);
      const found = sent.findIndex(
        (message) => addresses.includes(message.to) && (by === undefined || message.channel === by),
      );
      const seen = sent.map(({ channel, to }) => `${channel} ${to}`);
      expect(
        found,
        `${person} was not paged${by ? ` by ${by}` : ''}; sent: ${seen.join(', ') || 'nothing'}`,
      ).toBeGreaterThanOrEqual(0);
      return sent.splice(found, 1)[0] as Message;
    },
    take: (address, about = /^/) => {
      const taken = sent.filter(({ to, subject }) => to === address && about.test(subject));
      sent.splice(0, sent.length, ...sent.filter((message) => !taken.includes(message)));
      return taken;
    },
    expectNobodyPaged: () => expect(sent.map(({ channel, to }) => `${channel} ${to}`)).toEqual([]),
    incident: only,
    incidents: all,
    timeline: async (id) =>
      (await store.list({ of: 'history-entry', subjectId: (await only(id)).id }, { limit: 500 })).items,
    pages: async (id) =>
      (await store.list({ of: 'page', incidentId: (await only(id)).id }, { limit: 500 })).items,
  };
};

/** The earliest moment, up to `until`, at which something is due. */
const nextDue = async (ports: Ports, until: string): Promise<string | undefined> => {
  const ranks = ['page-sev1', 'page-sev2', 'page-other', 'timer', 'notice', 'effect', 'background'] as const;
  const due = await Promise.all(
    ranks.map((rank) => ports.store.due(rank, { now: until, oldestFirst: true, limit: 1 })),
  );
  return due
    .flat()
    .map(({ dueAt }) => dueAt)
    .sort()[0];
};
