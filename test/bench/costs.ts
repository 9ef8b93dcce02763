import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import { ulid } from '../../shared/domain/id.ts';
import { alertKeyOf } from '../../shared/domain/preventive/recurrence/comparison.ts';
import type { Fingerprint } from '../../shared/domain/preventive/recurrence/fingerprint.ts';
import { wordsOf } from '../../shared/domain/preventive/recurrence/words-of.ts';
import type { Alert, Dedup } from '../../shared/domain/proactive/alerts/alert.ts';
import type { AlertEvent } from '../../shared/domain/proactive/alerts/alert-event.ts';
import type { StoredRecord } from '../../shared/domain/records.ts';
import { after, epoch, instant } from '../../shared/domain/time.ts';
import { connect } from '../../shared/store/dynamodb/client.ts';
import { createTable } from '../../shared/store/dynamodb/create-table.ts';
import { createStore } from '../../shared/store/dynamodb/store.ts';
import { toItem } from '../../shared/store/item.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import { deliver } from '../../shared/workflow/engine/deliver.ts';
import { fireTimer } from '../../shared/workflow/engine/fire-timer.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { move } from '../../shared/workflow/incidents/actions.ts';
import { type Cast, cast, START } from '../support/cast.ts';
import { startEngine } from '../support/dynamodb/engine.ts';
import { nothingOutside } from '../support/outside.ts';

const TABLE = 'firebreak';
const BATCH = 25;
const AT_ONCE = 8;

/** What one thing costs: requests to the table, and capacity units. */
interface Cost {
  requests: number;
  read: number;
  write: number;
}

/** What each kind of thing costs with so many incidents stored: it must not grow. */
export const measureCosts = async (stored: number[]) => {
  const report: Record<string, Record<string, Cost>> = {};
  for (const incidents of stored) report[`with${incidents}Incidents`] = await costsWith(incidents);
  const [few, many] = Object.values(report);
  return { ...report, grows: JSON.stringify(few) !== JSON.stringify(many) };
};

const costsWith = async (incidents: number): Promise<Record<string, Cost>> => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-costs-'));
  const engine = await startEngine(folder);
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const client = await connect({ endpoint: engine.endpoint, region: 'local', credentials });
  await createTable(client, TABLE);
  const team = cast({});
  await seed(client, team, incidents);
  const costs = await measure(client, team);
  client.destroy();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
  return costs;
};

const measure = async (client: DynamoDBDocumentClient, team: Cast): Promise<Record<string, Cost>> => {
  let spent: Cost = { requests: 0, read: 0, write: 0 };
  const promised: StoredRecord[] = [];
  const store = createStore({
    client,
    table: TABLE,
    meter: (_, { read, write }) => {
      spent = { requests: spent.requests + 1, read: spent.read + read, write: spent.write + write };
    },
    afterCommit: (written) => void promised.push(...written),
  });
  for (const put of team.records) await store.commit([{ put }]);
  let now = START;
  const ports: Ports = {
    store,
    clock: { now: () => now, pause: async () => {} },
    newId: () => ulid(epoch(now), randomBytes(10)),
    newSecret: () => randomBytes(32).toString('hex'),
    send: async ({ id }) => ({ handedOver: true, reference: id }),
    armTimer: async () => {},
    ...nothingOutside,
    readPage: async () => ({ status: 404, body: '' }),
    secrets: {
      linkKeys: async () => [{ version: 1, secret: 'a-secret-of-the-bench' }],
      adminKeyHash: async () => '',
    },
    settings: {
      publicUrl: 'https://pages.example.com',
      smsReplies: false,
      eventsPerMinute: 1e9,
      alarmTopics: [],
    },
    telemetry: { count: () => {}, note: () => {}, alarm: () => {} },
  };
  const invocation = () => ({ now, id: ports.newId() });
  const event = (dedupKey: string): AlertEvent => ({
    action: 'trigger',
    dedupKey,
    summary: `${dedupKey} is failing`,
    severity: 'sev1',
  });
  const trigger = (dedupKey: string) => receiveAlert(ports, team.integration, event(dedupKey), invocation());
  const cost = async (what: () => Promise<unknown>): Promise<Cost> => {
    spent = { requests: 0, read: 0, write: 0 };
    await what();
    return spent;
  };
  const perform = async (kind: 'page' | 'effect'): Promise<void> => {
    const due = promised.filter((put) => put.kind === kind);
    promised.splice(0, promised.length, ...promised.filter((put) => put.kind !== kind));
    for (const put of due) if (put.kind === 'page' || put.kind === 'effect') await deliver(ports, put);
  };
  const pages = () => perform('page');
  await trigger('warm-up');
  promised.length = 0;
  const newIncident = await cost(() => trigger('measured'));
  const incident = promised.find((put) => put.kind === 'incident');
  const timer = promised.find((put) => put.kind === 'timer');
  if (incident?.kind !== 'incident' || timer?.kind !== 'timer') throw new Error('No incident was opened.');
  const itsTwoPages = await cost(pages);
  const itsComparison = await cost(() => perform('effect'));
  now = after(now, 'PT2S');
  const repeatThatCounts = await cost(() => trigger('measured'));
  const repeat = await cost(() => trigger('measured'));
  now = after(now, 'PT5M');
  const escalationStep = await cost(() => fireTimer(ports, timer.id));
  const stepsTwoPages = await cost(pages);
  const by = { actor: { kind: 'person' as const, id: team.people.ada.id }, by: team.people.ada.id };
  const acknowledgement = await cost(() =>
    move(ports, incident.id, 'acknowledge', { ...by, invocation: invocation() }),
  );
  return {
    newIncident,
    itsTwoPages,
    itsComparison,
    repeat,
    repeatThatCounts,
    escalationStep,
    stepsTwoPages,
    acknowledgement,
  };
};

/** Old incidents with their alerts and keys, and what they are known by, by batch writes. */
const seed = async (client: DynamoDBDocumentClient, team: Cast, incidents: number): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < incidents) {
      const from = next;
      next += BATCH;
      const records = Array.from({ length: Math.min(BATCH, incidents - from) }, (_, at) =>
        oldIncident(team, from + at),
      );
      for (const kind of [0, 1, 2, 3])
        await writeBatch(
          client,
          records.map((each) => each[kind] as StoredRecord),
        );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

const writeBatch = async (client: DynamoDBDocumentClient, records: StoredRecord[]): Promise<void> => {
  const puts = records.map((record) => ({ PutRequest: { Item: toItem(record) } }));
  const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [TABLE]: puts } }));
  if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('The engine left items unwritten.');
};

const oldIncident = (
  { client, service, integration }: Cast,
  at: number,
): [Incident, Alert, Dedup, Fingerprint] => {
  const openedAt = instant(epoch(START) - (at + 1) * 60_000);
  const id = ulid(epoch(openedAt), randomBytes(10));
  const aggregate = { version: 3, createdAt: openedAt, updatedAt: openedAt };
  const whose = { clientId: client.id, serviceId: service.id };
  const { integrationId } = integration;
  const names = { incidentId: `inc_${id}`, dedupKey: `old-${at}` };
  return [
    {
      kind: 'incident',
      id: names.incidentId,
      ...aggregate,
      ...whose,
      number: at,
      title: `old-${at} was failing`,
      status: 'resolved',
      severity: 'sev1',
      urgency: 'high',
      drill: false,
      generation: 3,
      episode: 1,
      escalation: { state: 'stopped', loop: 0, step: 0 },
      openedAt,
      resolvedAt: openedAt,
      serviceName: service.name,
      clientName: client.name,
    },
    {
      kind: 'alert',
      id: `alt_${id}`,
      ...aggregate,
      ...whose,
      ...names,
      integrationId,
      status: 'resolved',
      severity: 'sev1',
      summary: `old-${at} was failing`,
      source: 'pagerduty',
      count: 1,
      firstAt: openedAt,
      lastAt: openedAt,
    },
    {
      kind: 'dedup',
      ...names,
      integrationId,
      clientId: client.id,
      alertId: `alt_${id}`,
      open: false,
      version: 2,
    },
    {
      kind: 'fingerprint',
      ...whose,
      incidentId: names.incidentId,
      version: 2,
      number: at,
      title: `old-${at} was failing`,
      openedAt,
      alertKey: alertKeyOf({ integrationId, dedupKey: names.dedupKey }),
      words: wordsOf({ title: 'The database of the shop answers no more: connection pool exhausted' }),
      causeIds: [`cau_${id}`],
      helped: 'Restarted the pool, then moved the report that had taken all connections to the night.',
    },
  ];
};
