import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../shared/workflow/engine/ports.ts';
import type { FunctionName } from './functions.ts';

/** As `shared/edge/watch.ts` measures: the dimension `service` is the function's name. */
const NAMESPACE = 'Firebreak';

export const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** `Faults` are what was our fault though Lambda saw no error: a request that was answered with 500, say. */
export const measured = (
  metricName: MetricName | 'Faults',
  service: FunctionName,
  statistic: string = Stats.MAXIMUM,
): Metric =>
  new Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { service }, period: MINUTE, statistic });

/** What all functions measured together, for the dashboard; alarms cannot search. */
export const measuredByAll = (metric: MetricName, statistic: string): IMetric => {
  const found = `SEARCH('{${NAMESPACE},service} MetricName="${metric}"', '${statistic}')`;
  return new MathExpression({
    label: `${metric} (${statistic})`,
    expression: statistic === Stats.SUM ? `SUM(${found})` : `MAX(${found})`,
    period: FIVE_MINUTES,
  });
};

export const sumOf = (period: Duration) => ({ period, statistic: Stats.SUM });
