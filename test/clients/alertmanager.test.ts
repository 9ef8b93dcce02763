import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installation } from '../support/installation.ts';
import { FIRST, integrate } from '../support/team.ts';
import { type Alertmanager, type PostedAlert, startAlertmanager } from './alertmanager.ts';
import { alertsOf, incidentsCalled, messagesAbout } from './what-is-there.ts';

const { url, team, administrator } = installation();
const PATIENCE = { timeout: 20_000, interval: 100 };

/** Short intervals, so that it repeats what still fires every second. */
const configured = (routingKey: string, webhook: string): string => `
route:
  receiver: webhook
  group_by: [alertname]
  group_wait: 100ms
  group_interval: 1s
  repeat_interval: 1s
  routes:
    - receiver: pagerduty
      matchers: ['team="pagerduty"']
receivers:
  - name: pagerduty
    pagerduty_configs:
      - routing_key: ${routingKey}
        url: ${url()}/v2/enqueue
        severity: '{{ .CommonLabels.severity }}'
  - name: webhook
    webhook_configs:
      - url: ${webhook}
`;

let alertmanager: Alertmanager | undefined;
beforeAll(async () => {
  const pagerduty = await integrate(administrator, team().serviceId, 'pagerduty');
  const webhook = await integrate(administrator, team().serviceId, 'alertmanager');
  alertmanager = await startAlertmanager(
    configured(pagerduty.key, webhook.url.replace(/^https?:\/\/[^/]+/, url())),
  );
});
afterAll(() => alertmanager?.stop());

const post = (...alerts: PostedAlert[]): Promise<void> =>
  alertmanager?.post(alerts) ?? Promise.reject(alertmanager);

const startsAt = new Date(Date.now() - 60_000).toISOString();
const over = (alert: PostedAlert): PostedAlert => ({
  ...alert,
  endsAt: new Date().toISOString(),
});

/** By either receiver: what to post, what the incident's title holds, and how bad it is. */
const RECEIVERS: [string, PostedAlert, string, string][] = [
  [
    'pagerduty',
    {
      labels: { alertname: 'DiskFull', team: 'pagerduty', severity: 'critical', instance: 'db-1' },
      annotations: { summary: 'The disk of db-1 is full' },
      startsAt,
    },
    'DiskFull',
    'sev1',
  ],
  [
    'alertmanager',
    {
      labels: { alertname: 'CertificateExpires', severity: 'warning', instance: 'shop.example.com' },
      annotations: { summary: 'The certificate of the shop expires tomorrow' },
      startsAt,
    },
    'The certificate of the shop expires tomorrow',
    'sev3',
  ],
];

describe.each(RECEIVERS)('a real Alertmanager by its %s receiver', (source, alert, words, severity) => {
  const seen = async () => {
    const incidents = await incidentsCalled(administrator, words);
    const [incident] = incidents;
    const alerts = incident ? await alertsOf(administrator, incident.id) : [];
    return { incidents, alerts, pages: await messagesAbout(administrator, words) };
  };

  test('opens one incident and pages once, repeats into it, and resolves it', async () => {
    await post(alert);
    await expect.poll(async () => (await seen()).pages.length, PATIENCE).toBe(1);
    const first = await seen();
    expect(first.incidents).toMatchObject([{ status: 'triggered', severity }]);
    expect(first.alerts).toMatchObject([{ status: 'triggered', source }]);
    expect(first.pages[0]?.to).toBe(FIRST);

    await expect.poll(async () => (await seen()).alerts[0]?.count, PATIENCE).toBeGreaterThanOrEqual(3);
    const repeated = await seen();
    expect(repeated.incidents).toMatchObject([{ status: 'triggered' }]);
    expect(repeated.alerts).toHaveLength(1);

    await post(over(alert));
    await expect.poll(async () => (await seen()).incidents[0]?.status, PATIENCE).toBe('resolved');
    const last = await seen();
    expect(last.incidents).toHaveLength(1);
    expect(last.alerts).toMatchObject([{ status: 'resolved' }]);
    expect(last.pages).toHaveLength(1);
  });

  test('opens another incident when it fires again', async () => {
    const again = { ...alert, startsAt: new Date().toISOString() };
    await post(again);
    await expect.poll(async () => (await seen()).pages.length, PATIENCE).toBe(2);
    const { incidents } = await seen();
    expect(incidents.map(({ status }) => status)).toEqual(['triggered', 'resolved']);
    await post(over(again));
    await expect.poll(async () => (await seen()).incidents[0]?.status, PATIENCE).toBe('resolved');
  });
});

test('two alerts of one notification are two problems, each over by itself', async () => {
  const of = (instance: string): PostedAlert => ({
    labels: { alertname: 'Latency', severity: 'error', instance },
    annotations: { summary: `Slow answers from ${instance}` },
    startsAt,
  });
  const statuses = async () =>
    Promise.all(
      ['web-1', 'web-2'].map(async (name) => (await incidentsCalled(administrator, name))[0]?.status),
    );
  await post(of('web-1'), of('web-2'));
  await expect.poll(statuses, PATIENCE).toEqual(['triggered', 'triggered']);
  await post(over(of('web-1')));
  await expect.poll(statuses, PATIENCE).toEqual(['resolved', 'triggered']);
});

test('the same alert of a second Prometheus, which saw it a moment earlier, is the same problem to its end', async () => {
  const words = 'Requests to the API fail';
  const second: PostedAlert = {
    labels: { alertname: 'ApiErrors', severity: 'critical' },
    annotations: { summary: words },
    startsAt,
  };
  const first = { ...second, startsAt: new Date(Date.parse(startsAt) + 5000).toISOString() };
  const seen = async () => {
    const [incident, ...more] = await incidentsCalled(administrator, words);
    const [alert] = incident ? await alertsOf(administrator, incident.id) : [];
    return { status: incident?.status, count: alert?.count ?? 0, more: more.length };
  };
  await post(first);
  await expect.poll(seen, PATIENCE).toMatchObject({ status: 'triggered', more: 0 });
  const { count } = await seen();
  await post(second);
  await expect.poll(async () => (await seen()).count, PATIENCE).toBeGreaterThan(count + 2);
  await post(over(second));
  await expect.poll(seen, PATIENCE).toMatchObject({ status: 'resolved', more: 0 });
  expect(await messagesAbout(administrator, words)).toHaveLength(1);
});
