/** Every alert format that is understood. A new one is a file beside this one and an entry here. */

import type { AlertSource, SourceAbout } from './source.ts';

export interface SourceEntry {
  about: SourceAbout;
  load(): Promise<AlertSource>;
}

export const SOURCES: SourceEntry[] = [
  {
    about: {
      name: 'pagerduty',
      title: 'PagerDuty Events API v2',
      doc: 'Point the sender’s PagerDuty address here and give it the integration key as its routing key.',
      paths: ['/v2/enqueue', '/v2/change/enqueue'],
      throttled: 'too-many',
    },
    load: async () => (await import('./pagerduty.ts')).pagerduty,
  },
  {
    about: {
      name: 'alertmanager',
      title: 'Prometheus Alertmanager webhook',
      doc: 'Enter the address as a receiver’s webhook_configs url.',
      // It retries on 5xx only: after a 429 the alert would be gone.
      throttled: 'unavailable',
    },
    load: async () => (await import('./alertmanager.ts')).alertmanager,
  },
  {
    about: {
      name: 'cloudwatch',
      title: 'Amazon CloudWatch alarms',
      doc: 'Subscribe the address by HTTPS to the alarm’s SNS topic, and list the topic in the configuration.',
      envelope: 'sns',
      throttled: 'unavailable',
    },
    load: async () => (await import('./cloudwatch.ts')).cloudwatch,
  },
  {
    about: {
      name: 'generic',
      title: 'Anything that can send a web request',
      doc: 'Post a text, a form or JSON: curl -d "summary=The nightly backup failed" <address>.',
      plain: true,
      throttled: 'too-many',
    },
    load: async () => (await import('./generic.ts')).generic,
  },
];

export const findSource = (name: string): SourceEntry | undefined =>
  SOURCES.find((source) => source.about.name === name);

/** Where a sender of this format posts to. */
export const addressOf = (about: SourceAbout, publicUrl: string, key: string): string =>
  `${publicUrl}${about.paths?.[0] ?? `/v1/alerts/${about.name}/${encodeURIComponent(key)}`}`;
