import { AsyncLocalStorage } from 'node:async_hooks';
import { Console } from 'node:console';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MetricName, Telemetry } from '../workflow/engine/ports.ts';
import { redact } from './redact.ts';

/** What every line of a log says about where it comes from. */
interface Invocation {
  function: string;
  correlationId: string;
}
type Fields = Record<string, string | number | boolean | undefined>;

const invocations = new AsyncLocalStorage<Invocation>();

/** Runs one invocation: what is noted in it, however deep, carries its name and its correlation id. */
export const inInvocation = <T>(invocation: Invocation, run: () => T): T => invocations.run(invocation, run);

/** The id that ties the log lines of one invocation together, or undefined outside of any. */
export const correlationId = (): string | undefined => invocations.getStore()?.correlationId;

const isInLambda = (): boolean => process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined;

type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT' | 'CRITICAL';
const LEVELS: Record<string, Level> = {
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARN',
  ERROR: 'ERROR',
  SILENT: 'SILENT',
  CRITICAL: 'CRITICAL',
};

/** Redaction sits in the serialiser, where nothing that is logged can get past it. */
const makeLogger = (): Logger => {
  const made = new Logger({
    serviceName: 'firebreak',
    logLevel: LEVELS[process.env.LOG_LEVEL?.toUpperCase() ?? ''] ?? (isInLambda() ? 'INFO' : 'WARN'),
    jsonReplacerFn: (_key, value) => (typeof value === 'string' ? redact(value) : value),
  });
  // On one machine standard output belongs to what the program says to people. Powertools offers no option for it.
  if (!isInLambda())
    Object.assign(made, { console: new Console({ stdout: process.stderr, stderr: process.stderr }) });
  return made;
};

let logger: Logger | undefined;
let metrics: Metrics | undefined;

const lines = (): Logger => {
  logger ??= makeLogger();
  return logger;
};

/** One function to a process in Lambda, so its name is the dimension `service` of all that is measured there. */
const measures = (): Metrics => {
  metrics ??= new Metrics({
    namespace: 'Firebreak',
    serviceName: invocations.getStore()?.function ?? 'firebreak',
  });
  return metrics;
};

/** `Faults` counts what was our fault: the alarm of a function over HTTP stands on it, because it answers even so. */
const measure = (metric: MetricName | 'Faults', value: number): void => {
  if (isInLambda()) measures().addMetric(metric, unitOf(metric), value);
};

const unitOf = (metric: string): (typeof MetricUnit)[keyof typeof MetricUnit] => {
  if (metric.endsWith('Milliseconds')) return MetricUnit.Milliseconds;
  return metric.endsWith('Seconds') ? MetricUnit.Seconds : MetricUnit.Count;
};

/** Writes what was measured as one line in CloudWatch's embedded format; nothing where nothing was. */
export const flushMetrics = (): void => {
  if (metrics?.hasStoredMetrics()) metrics.publishStoredMetrics();
};

const about = (fields: Fields): Fields => ({ ...invocations.getStore(), ...fields });
const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** The watch of every function, in Lambda and on one machine; only Lambda measures. */
export const telemetry: Telemetry = {
  count: (metric, value = 1) => measure(metric, value),
  note: (event, fields = {}) => lines().info(event, about(fields)),
  alarm: (event, error, fields = {}) => {
    measure('Faults', 1);
    lines().error(event, { ...about(fields), error: errorOf(error) });
  },
};
