import * as z from 'zod';
import type { Invocation } from '../domain/id.ts';
import type { Severity } from '../domain/outbox/severity.ts';
import type { AlertEvent, ChangeEvent } from '../domain/proactive/alerts/alert-event.ts';
import type { Refused } from '../domain/refused.ts';
import { fittingDetails, oneLine, safeLinks, stated } from './legible.ts';
import { Moment } from './moment.ts';
import { parse } from './parse.ts';
import type { AlertSource, Arrived, Example, KeyField, Outcome, Reading, Reply } from './source.ts';

const CHANGES = '/v2/change/enqueue';
const KEY_LENGTH = 32;
const SEVERITIES: Record<string, Severity> = {
  critical: 'sev1',
  error: 'sev2',
  warning: 'sev3',
  info: 'sev4',
};
/** Counted in characters, not in UTF-16 units: an emoji is one. */
const atMost = (most: number) =>
  z.string().refine((value) => [...value].length <= most, `must have at most ${most} characters`);
const filled = (most: number) => atMost(most).refine((value) => value.trim() !== '', 'must not be empty');

const RoutingKey = z
  .string()
  .refine((key) => [...key].length === KEY_LENGTH, `must have exactly ${KEY_LENGTH} characters`);

/** What only decorates (links, images, client, details) never loses an alert: it is taken where it is well-formed. */
const Trigger = z.looseObject({
  routing_key: RoutingKey,
  event_action: z.literal('trigger', 'must be trigger, acknowledge or resolve'),
  dedup_key: atMost(255).nullish(),
  payload: z.looseObject({
    summary: filled(1024),
    source: filled(10_000),
    severity: z.enum(['critical', 'error', 'warning', 'info'], 'must be critical, error, warning or info'),
    timestamp: Moment.nullish(),
  }),
});

/** Senders that acknowledge or resolve often leave out the payload, or half of it. */
const Answer = z.looseObject({
  routing_key: RoutingKey,
  event_action: z.enum(['acknowledge', 'resolve']),
  dedup_key: filled(255),
});

const ChangeBody = z.looseObject({
  routing_key: RoutingKey,
  payload: z.looseObject({
    summary: filled(1024),
    source: z.string().nullish(),
    timestamp: Moment.nullish(),
  }),
});

const Asking = z.looseObject({ event_action: Answer.shape.event_action });
const isAnswer = (body: unknown): boolean => Asking.safeParse(body).success;

const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];

const linksOf = (body: Record<string, unknown>): AlertEvent['links'] =>
  safeLinks([
    ...records(body.links),
    { href: body.client_url, text: body.client },
    ...records(body.images).map((image) => ({ href: image.href ?? image.src, text: image.alt ?? 'image' })),
  ]);

const detailsOf = (
  body: Record<string, unknown>,
  payload: Record<string, unknown>,
): AlertEvent['details'] => {
  const { component, group, class: kind, custom_details: custom } = payload;
  const own = typeof custom === 'object' && !Array.isArray(custom) ? custom : { custom_details: custom };
  return fittingDetails({ component, group, class: kind, client: body.client, ...own });
};

const about = (body: Record<string, unknown>, payload: z.output<typeof ChangeBody>['payload']): ChangeEvent =>
  stated({
    summary: oneLine(payload.summary),
    origin: payload.source ? oneLine(payload.source) : undefined,
    at: payload.timestamp ?? undefined,
    links: linksOf(body),
    details: detailsOf(body, payload),
  });

const triggered = (body: z.output<typeof Trigger>, invocation: Invocation): AlertEvent => ({
  ...about(body, body.payload),
  action: 'trigger',
  dedupKey: body.dedup_key || invocation.id,
  severity: SEVERITIES[body.payload.severity] ?? 'sev2',
  sourceSeverity: body.payload.severity,
});

/** Answers never raise anything, so theirs is the least severity. */
const answered = (body: z.output<typeof Answer>): AlertEvent => ({
  action: body.event_action,
  dedupKey: body.dedup_key,
  summary: '',
  severity: 'sev4',
});

const read = (arrived: Arrived, invocation: Invocation): Reading => {
  if (arrived.path === CHANGES) {
    const body = parse(ChangeBody, arrived.body);
    return { alerts: [], changes: [about(body, body.payload)] };
  }
  const alert = isAnswer(arrived.body)
    ? answered(parse(Answer, arrived.body))
    : triggered(parse(Trigger, arrived.body), invocation);
  return { alerts: [alert], changes: [] };
};

const keyOf = ({ body }: Arrived): KeyField => ({
  path: 'body.routing_key',
  key: parse(z.looseObject({ routing_key: RoutingKey }), body).routing_key,
});

const accepted = ([outcome]: Outcome[], reading: Reading): Reply => ({
  status: 202,
  body:
    reading.changes.length > 0
      ? { status: 'success', message: 'Change event processed' }
      : { status: 'success', message: 'Event processed', dedup_key: outcome?.dedupKey },
});

const RETRY: Partial<Record<Refused['code'], Reply>> = {
  'too-many': {
    status: 429,
    body: {
      status: 'throttle exceeded',
      message: 'This key exceeded its rate limit. Wait a minute, then retry.',
    },
    headers: { 'retry-after': '60' },
  },
  unavailable: {
    status: 503,
    body: { status: 'unavailable', message: 'The event was not accepted. Send it again.' },
    headers: { 'retry-after': '5' },
  },
};

const refused = (error: Refused): Reply =>
  RETRY[error.code] ?? {
    status: error.code === 'too-large' ? 413 : 400,
    body: {
      status: 'invalid event',
      message: error.message,
      errors: error.problems.map(
        ({ path, message }) => `${path.replace(/^body\.?/, '') || 'body'}: ${message}`,
      ),
    },
  };

const key = 'EXAMPLEKEYEXAMPLEKEYEXAMPLEKEY00';
const processed: Reply = {
  status: 202,
  body: { status: 'success', message: 'Event processed', dedup_key: 'shop-1/disk' },
};
const examples: Example[] = [
  {
    title: 'a trigger with everything',
    arrived: {
      path: '/v2/enqueue',
      body: {
        routing_key: key,
        event_action: 'trigger',
        dedup_key: 'shop-1/disk',
        payload: {
          summary: 'Disk of shop-1 is 99% full',
          timestamp: '2026-01-05T09:00:00.315+0100',
          severity: 'critical',
          source: 'shop-1.example.com',
          component: 'mysql',
          custom_details: { free: '1%' },
        },
        client: 'Monitor',
        client_url: 'https://monitor.example.com/1',
        links: [{ href: 'https://wiki.example.com/disk', text: 'Runbook' }, { href: 'javascript:alert(1)' }],
      },
    },
    gives: {
      alerts: [
        {
          action: 'trigger',
          dedupKey: 'shop-1/disk',
          summary: 'Disk of shop-1 is 99% full',
          severity: 'sev1',
          sourceSeverity: 'critical',
          origin: 'shop-1.example.com',
          at: '2026-01-05T08:00:00.315Z',
          links: [
            { href: 'https://wiki.example.com/disk', text: 'Runbook' },
            { href: 'https://monitor.example.com/1', text: 'Monitor' },
          ],
          details: { component: 'mysql', client: 'Monitor', free: '1%' },
        },
      ],
    },
    reply: processed,
  },
  {
    title: 'a resolve without a payload',
    arrived: {
      path: '/v2/enqueue',
      body: { routing_key: key, event_action: 'resolve', dedup_key: 'shop-1/disk' },
    },
    gives: { alerts: [{ action: 'resolve', dedupKey: 'shop-1/disk', summary: '', severity: 'sev4' }] },
    reply: processed,
  },
  {
    title: 'a change',
    arrived: { path: CHANGES, body: { routing_key: key, payload: { summary: 'Deployed 1.2' } } },
    gives: { changes: [{ summary: 'Deployed 1.2' }] },
    reply: { status: 202, body: { status: 'success', message: 'Change event processed' } },
  },
  {
    title: 'a trigger that is wrong everywhere',
    arrived: {
      path: '/v2/enqueue',
      body: { routing_key: 'short', event_action: 'trigger', payload: { severity: 'bad', timestamp: 'now' } },
    },
    gives: {
      refused: [
        'body.routing_key',
        'body.payload.summary',
        'body.payload.source',
        'body.payload.severity',
        'body.payload.timestamp',
      ],
    },
    reply: {
      status: 400,
      body: {
        status: 'invalid event',
        message: 'The payload is invalid.',
        errors: [
          'routing_key: must have exactly 32 characters',
          'payload.summary: is required',
          'payload.source: is required',
          'payload.severity: must be critical, error, warning or info',
          'payload.timestamp: must be an ISO 8601 timestamp such as 2026-01-05T09:00:00Z',
        ],
      },
    },
  },
];

export const pagerduty: AlertSource = { read, keyOf, accepted, refused, examples };
