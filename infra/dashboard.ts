import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../shared/workflow/engine/ports.ts';
import type { Alarms } from './alarms.ts';
import type { Api } from './api.ts';
import type { Functions } from './grants.ts';
import { measuredByAll, sumOf } from './metrics.ts';

const FIVE_MINUTES = Duration.minutes(5);
const HALF = 12;

interface Parts {
  name: string;
  alarms: Alarms;
  api: Api;
  functions: Functions;
}

/** One look: what rings, what Firebreak promises, what it does. */
export const dashboard = (scope: Construct, { name, alarms, api, functions }: Parts): Dashboard => {
  const all = Object.values(functions);
  return new Dashboard(scope, 'Dashboard', {
    dashboardName: name,
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.all, width: 2 * HALF, height: 5 })],
      [
        graph('Outbox delay (seconds)', [
          measuredByAll('OldestUnsentPromiseSeconds', Stats.MAXIMUM),
          measuredByAll('LatestTimerSeconds', Stats.MAXIMUM),
        ]),
        graph('Stream delay (milliseconds)', [functions['deliver-outbox'].lambda.metric('IteratorAge')]),
      ],
      [
        graph('Alerts', counted(['AlertsAccepted', 'AlertsRefused', 'IncidentsOpened'])),
        graph('Pages', counted(['PagesHandedOver', 'PagesFailed'])),
      ],
      [
        graph('From alert to page (milliseconds)', quantiles('AlertToPageMilliseconds')),
        graph(
          'Dead letters',
          all.flatMap(({ deadLetters }) => deadLetters?.metricApproximateNumberOfMessagesVisible() ?? []),
        ),
      ],
      [
        graph('Requests', [
          api.stage.metricCount(sumOf(FIVE_MINUTES)),
          api.stage.metricClientError(),
          api.stage.metricServerError(),
        ]),
        graph('Time to answer (milliseconds)', [
          api.stage.metricLatency({ statistic: 'p50' }),
          api.stage.metricLatency({ statistic: 'p99' }),
        ]),
      ],
      [
        graph(
          'Errors',
          all.map((fn) => fn.lambda.metricErrors({ label: fn.node.id })),
        ),
        graph(
          'Function duration (milliseconds, p99)',
          all.map((fn) => fn.lambda.metricDuration({ label: fn.node.id, statistic: 'p99' })),
        ),
      ],
    ],
  });
};

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: HALF });

const counted = (metrics: MetricName[]): IMetric[] =>
  metrics.map((metric) => measuredByAll(metric, Stats.SUM));

const quantiles = (metric: MetricName): IMetric[] =>
  ['p50', 'p99'].map((rank) => measuredByAll(metric, rank));
