import * as z from 'zod';
import { digest } from '../domain/id.ts';
import type { Severity } from '../domain/outbox/severity.ts';
import type { AlertEvent } from '../domain/proactive/alerts/alert-event.ts';
import { Refused } from '../domain/refused.ts';
import { cut, fittingDetails, oneLine, safeLinks, stated } from './legible.ts';
import { Moment } from './moment.ts';
import { invalid, parse } from './parse.ts';
import type { AlertSource, Arrived, Example, Outcome, Reading, Reply } from './source.ts';

const MOST_ALERTS = 1000;
/** Words in use for severities. Any other, or none, may be as bad as the second: nobody said that it is not. */
const SEVERITIES = new Map<string, Severity>([
  ['critical', 'sev1'],
  ['page', 'sev1'],
  ['error', 'sev2'],
  ['major', 'sev2'],
  ['high', 'sev2'],
  ['warning', 'sev3'],
  ['info', 'sev4'],
  ['none', 'sev4'],
]);

const Words = z.record(z.string(), z.string());

const FiringAlert = z.looseObject({
  status: z.enum(['firing', 'resolved'], 'must be firing or resolved'),
  labels: Words,
  annotations: Words.nullish(),
  startsAt: Moment,
  /** Long ago while it fires. */
  endsAt: Moment.nullish(),
  fingerprint: z.string().nullish(),
});
type FiringAlert = z.output<typeof FiringAlert>;

const Notification = z.looseObject({
  version: z.literal('4', 'must be "4", the version of the webhook that Alertmanager sends'),
  alerts: z.array(FiringAlert),
  truncatedAlerts: z.number().nullish(),
});
type Notification = z.output<typeof Notification>;

const Grafana = z.looseObject({ version: z.literal('1'), orgId: z.number() });
const TooMany = z.looseObject({ alerts: z.array(z.unknown()).min(MOST_ALERTS + 1) });

/** Alertmanager's own identity of an alert; a hash of the labels where a proxy has dropped it. */
const dedupKeyOf = ({ fingerprint, labels }: FiringAlert): string => {
  if (fingerprint) return fingerprint.length <= 512 ? fingerprint : `fingerprint:1:${digest(fingerprint)}`;
  const sorted = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return `labels:1:${digest(JSON.stringify(sorted))}`;
};

const summaryOf = ({ labels, annotations }: FiringAlert): string => {
  const name = labels.alertname || 'Unnamed alert';
  const plain = labels.instance ? `${name} on ${labels.instance}` : name;
  return (
    oneLine(annotations?.summary ?? '') || oneLine(annotations?.description ?? '') || oneLine(plain) || name
  );
};

const linksOf = (alert: FiringAlert, notification: Notification): AlertEvent['links'] =>
  safeLinks([
    { href: alert.annotations?.runbook_url, text: 'Runbook' },
    { href: alert.generatorURL, text: 'Source' },
    { href: notification.externalURL, text: 'Alertmanager' },
  ]);

const detailsOf = (alert: FiringAlert, { truncatedAlerts, receiver }: Notification): AlertEvent['details'] =>
  fittingDetails({
    truncatedAlerts: truncatedAlerts
      ? `${truncatedAlerts} more alerts were left out by Alertmanager: see max_alerts of its webhook.`
      : undefined,
    labels: alert.labels,
    annotations: alert.annotations,
    receiver,
  });

const eventOf = (alert: FiringAlert, notification: Notification): AlertEvent => {
  const word = alert.labels.severity;
  return stated({
    action: alert.status === 'firing' ? 'trigger' : 'resolve',
    dedupKey: dedupKeyOf(alert),
    summary: summaryOf(alert),
    severity: SEVERITIES.get(word?.trim().toLowerCase() ?? '') ?? 'sev2',
    sourceSeverity: word === undefined ? undefined : cut(word, 100),
    origin: alert.labels.instance ? oneLine(alert.labels.instance) : undefined,
    at: alert.startsAt,
    episode: alert.startsAt,
    until: (alert.status === 'resolved' && alert.endsAt) || undefined,
    links: linksOf(alert, notification),
    details: detailsOf(alert, notification),
  });
};

const refuseKnown = (body: unknown): void => {
  if (Grafana.safeParse(body).success)
    throw invalid([
      {
        path: 'body.version',
        message:
          'is Grafana’s own webhook, which is not supported: use Grafana’s PagerDuty contact point instead',
      },
    ]);
  if (TooMany.safeParse(body).success)
    throw new Refused(
      'too-large',
      `A payload may contain at most ${MOST_ALERTS} alerts: set max_alerts of the webhook.`,
      [{ path: 'body.alerts', message: `must have at most ${MOST_ALERTS} alerts` }],
    );
};

const read = ({ body }: Arrived): Reading => {
  refuseKnown(body);
  const notification = parse(Notification, body);
  return { alerts: notification.alerts.map((alert) => eventOf(alert, notification)), changes: [] };
};

const accepted = (outcomes: Outcome[]): Reply => {
  const reasons: Record<string, number> = {};
  for (const { reason } of outcomes) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { status: 200, body: { received: outcomes.length, reasons } };
};

const examples: Example[] = [
  {
    title: 'one alert fires and another is over',
    arrived: {
      body: {
        version: '4',
        groupKey: '{}:{alertname="DiskFull"}',
        truncatedAlerts: 2,
        status: 'firing',
        receiver: 'firebreak',
        externalURL: 'http://alertmanager.example.com:9093',
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'DiskFull', instance: 'shop-1', severity: 'page' },
            annotations: { summary: 'The disk is full', runbook_url: 'https://wiki.example.com/disk' },
            startsAt: '2026-01-05T08:38:00.03Z',
            endsAt: '0001-01-01T00:00:00Z',
            generatorURL: 'http://prometheus.example.com/graph',
            fingerprint: '8a07086b74f3ba78',
          },
          {
            status: 'resolved',
            labels: { alertname: 'DiskFull', instance: 'shop-2', severity: 'odd' },
            startsAt: '2026-01-05T10:38:00+02:00',
            endsAt: '2026-01-05T10:40:00+02:00',
            fingerprint: '8a07086b74f3ba79',
          },
        ],
      },
    },
    gives: {
      alerts: [
        {
          action: 'trigger',
          dedupKey: '8a07086b74f3ba78',
          summary: 'The disk is full',
          severity: 'sev1',
          sourceSeverity: 'page',
          origin: 'shop-1',
          at: '2026-01-05T08:38:00.030Z',
          episode: '2026-01-05T08:38:00.030Z',
          links: [
            { href: 'https://wiki.example.com/disk', text: 'Runbook' },
            { href: 'http://prometheus.example.com/graph', text: 'Source' },
            { href: 'http://alertmanager.example.com:9093/', text: 'Alertmanager' },
          ],
          details: {
            truncatedAlerts: '2 more alerts were left out by Alertmanager: see max_alerts of its webhook.',
            labels: { alertname: 'DiskFull', instance: 'shop-1', severity: 'page' },
            annotations: { summary: 'The disk is full', runbook_url: 'https://wiki.example.com/disk' },
            receiver: 'firebreak',
          },
        },
        {
          action: 'resolve',
          dedupKey: '8a07086b74f3ba79',
          summary: 'DiskFull on shop-2',
          severity: 'sev2',
          sourceSeverity: 'odd',
          origin: 'shop-2',
          at: '2026-01-05T08:38:00.000Z',
          episode: '2026-01-05T08:38:00.000Z',
          until: '2026-01-05T08:40:00.000Z',
          links: [{ href: 'http://alertmanager.example.com:9093/', text: 'Alertmanager' }],
          details: {
            truncatedAlerts: '2 more alerts were left out by Alertmanager: see max_alerts of its webhook.',
            labels: { alertname: 'DiskFull', instance: 'shop-2', severity: 'odd' },
            receiver: 'firebreak',
          },
        },
      ],
    },
    reply: { status: 200, body: { received: 2, reasons: { opened: 2 } } },
  },
  {
    title: 'an alert that lacks what is needed, in another version',
    arrived: { body: { version: '3', alerts: [{ status: 'burning', labels: { a: 1 } }] } },
    gives: {
      refused: [
        'body.version',
        'body.alerts[0].status',
        'body.alerts[0].labels.a',
        'body.alerts[0].startsAt',
      ],
    },
    reply: { status: 400, body: undefined },
  },
];

export const alertmanager: AlertSource = { read, accepted, examples };
