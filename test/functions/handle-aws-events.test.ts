import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/handle-aws-events.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import type { Store } from '../../shared/workflow/engine/store-port.ts';
import { testEngine } from '../support/engine.ts';
import { type Heard, intakePorts, seed } from '../support/intake-desk.ts';

const engine = testEngine();
let store: Store;
let heard: Heard;
let ports: Ports;
let place = 0;

const startWith = (settings: Partial<Ports['settings']> = {}, over: Partial<Store> = {}): void => {
  [ports, heard] = intakePorts({ ...store, ...over }, settings);
  usePorts(ports);
};
beforeAll(async () => {
  store = (await engine.makeTable()).store;
  await seed(store);
});
beforeEach(() => {
  place += 1;
  startWith();
});

const arn = () => `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:Shop${place}`;
const alarm = (value: string, said: { alarmTags?: unknown; description?: string } = {}) => ({
  ...{ version: '0', source: 'aws.cloudwatch', 'detail-type': 'CloudWatch Alarm State Change' },
  ...{ account: '123456789012', region: 'eu-west-1', resources: [arn()] },
  detail: {
    ...{ alarmName: `Shop${place}`, configuration: { description: said.description ?? '' } },
    ...{ state: { value, reason: 'Threshold Crossed', timestamp: '2026-01-05T08:59:00.123+0000' } },
    ...(said.alarmTags ? { alarmTags: said.alarmTags } : {}),
  },
});
const incidentOf = async () => {
  const dedup = await store.get({ kind: 'dedup', integrationId: 'int_cloudwatch', dedupKey: arn() });
  return dedup?.incidentId && store.get({ kind: 'incident', id: dedup.incidentId });
};

describe('an alarm', () => {
  it.each([
    ['by its tag', { alarmTags: { firebreak: 'int_cloudwatch', severity: 'sev1' } }],
    ['by its tag in a list', { alarmTags: [{ key: 'firebreak', value: 'int_cloudwatch' }] }],
    ['by its description', { description: 'Errors [sev1] firebreak:int_cloudwatch' }],
  ])('opens an incident of the integration that it names %s, once', async (_, said) => {
    expect(await handler(alarm('ALARM', said))).toBe('first');
    expect(await handler(alarm('ALARM', said))).toBe('duplicate');
    expect(await incidentOf()).toMatchObject({ serviceId: 'svc_1', status: 'triggered' });
  });

  it.each([
    ['named nobody', {}],
    ['named one of another source', { alarmTags: { firebreak: 'int_generic' } }],
  ])('that has %s is of the installation’s own integration', async (_, said) => {
    startWith({ alarmIntegrationId: 'int_cloudwatch' });
    expect(await handler(alarm('ALARM', said))).toBe('first');
  });

  it('takes the severity from its tag or its description', async () => {
    await handler(alarm('ALARM', { alarmTags: { firebreak: 'int_cloudwatch', severity: 'sev3' } }));
    expect(await incidentOf()).toMatchObject({ severity: 'sev3' });
  });

  it('that is over resolves its alert', async () => {
    const said = { alarmTags: { firebreak: 'int_cloudwatch' } };
    await handler(alarm('ALARM', said));
    await handler(alarm('OK', said));
    const dedup = await store.get({ kind: 'dedup', integrationId: 'int_cloudwatch', dedupKey: arn() });
    expect(dedup).toMatchObject({ open: false });
  });

  it('without enough data is ignored', async () => {
    const said = { alarmTags: { firebreak: 'int_cloudwatch' } };
    expect(await handler(alarm('INSUFFICIENT_DATA', said))).toBe('insufficient-data');
  });

  it('that names nobody is for nobody where no integration is configured', async () => {
    expect(await handler(alarm('ALARM'))).toBe('for-nobody-here');
    expect(heard.counts).toEqual({});
  });

  it.each(['int_gone', 'int_generic'])(
    'for %s, which cannot have it, is not lost quietly',
    async (firebreak) => {
      await expect(handler(alarm('ALARM', { alarmTags: { firebreak } }))).rejects.toThrow(firebreak);
    },
  );

  it('of another shape is not lost quietly', async () => {
    await expect(handler({ ...alarm('ALARM'), resources: [] })).rejects.toThrow();
  });

  it('counts its contributors apart', async () => {
    const of = (contributorId: string) => {
      const event = alarm('ALARM', { alarmTags: { firebreak: 'int_cloudwatch' } });
      const detail = { ...event.detail, alarmContributor: { contributorId, contributorAttributes: {} } };
      return { ...event, 'detail-type': 'CloudWatch Alarm Contributor State Change', detail };
    };
    expect([await handler(of('a')), await handler(of('b')), await handler(of('a'))]).toEqual([
      ...['first', 'first', 'duplicate'],
    ]);
  });
});

describe('a mail', () => {
  /** The page of a fresh incident, as if it had been handed over. */
  const pageSent = async () => {
    await handler(alarm('ALARM', { alarmTags: { firebreak: 'int_cloudwatch' } }));
    const incident = await incidentOf();
    if (!incident) throw new Error('No incident was opened');
    const { items } = await store.list({ of: 'page', incidentId: incident.id }, { limit: 1 });
    const [page] = items;
    if (!page) throw new Error('Nobody was paged');
    const { dueAt, ...rest } = page;
    await store.commit([{ put: { ...rest, state: 'handed-over' } }]);
    return page;
  };
  const mail = (type: string, tags: object, detail: object = {}) => ({
    ...{ source: 'aws.ses', 'detail-type': type },
    detail: { eventType: 'x', mail: { messageId: 'm', destination: ['ada@example.com'], tags }, ...detail },
  });
  const stateOf = async ({ incidentId, promise }: { incidentId: string; promise: string }) =>
    (await store.get({ kind: 'page', incidentId, promise }))?.state;

  it.each([
    ['Email Bounced', { bounce: { bounceType: 'Permanent', bounceSubType: 'Suppressed' } }, 'Suppressed'],
    ['Email Complaint Received', { complaint: { complaintFeedbackType: 'abuse' } }, 'abuse'],
    ['Email Rejected', { reject: { reason: 'Bad content' } }, 'Bad content'],
    ['Email Rendering Failed', { failure: { errorMessage: 'No value' } }, 'No value'],
  ])(
    'that came back (%s) makes its page fail, and says why without an address',
    async (type, detail, why) => {
      const page = await pageSent();
      await handler(mail(type, { incident: [page.incidentId], page: [page.id] }, detail));
      expect(await stateOf(page)).toBe('given-up');
      const list = { of: 'history-entry' as const, subjectId: page.incidentId };
      const { items } = await store.list(list, { limit: 50 });
      const failures = items.filter(({ what }) => what === 'page-failed' || what === 'page-given-up');
      expect(JSON.stringify(failures)).toContain(why);
      expect(JSON.stringify(failures)).not.toContain('@');
    },
  );

  it.each([
    ['named', (promise: string) => Buffer.from(promise).toString('base64url'), 0],
    ['named wrongly', () => 'bm9uZQ', 1],
  ])('whose promise is %s is found', async (_, encoded, lists) => {
    const page = await pageSent();
    let listed = 0;
    startWith(
      {},
      {
        list: (list, request) => {
          listed += 1;
          return store.list(list, request);
        },
      },
    );
    const tags = { incident: [page.incidentId], page: [page.id], promise: [encoded(page.promise)] };
    expect(await handler(mail('Email Delivered', tags))).toBe('delivered');
    expect([await stateOf(page), listed]).toEqual(['delivered', lists]);
  });

  it('that arrived makes its page delivered', async () => {
    const page = await pageSent();
    await handler(mail('Email Delivered', { incident: [page.incidentId], page: [page.id] }));
    expect(await stateOf(page)).toBe('delivered');
  });

  it.each([
    ['another mail', 'Email Bounced', { 'ses:configuration-set': ['x'] }, 'not-a-page'],
    ['a page that is not there', 'Email Bounced', { incident: ['inc_0'], page: ['pag_0'] }, 'unknown-page'],
    ['an opened mail', 'Email Opened', { incident: ['inc_0'], page: ['pag_0'] }, 'nothing-to-do'],
  ])('about %s changes nothing', async (_, type, tags, reason) => {
    expect(await handler(mail(type, tags))).toBe(reason);
  });
});

it('has nothing to do with what others say, and does not lose quietly what it cannot read', async () => {
  expect(await handler({ source: 'aws.health', 'detail-type': 'x', detail: {} })).toBe('nothing-to-do');
  await expect(handler({ detail: {} })).rejects.toThrow();
});
