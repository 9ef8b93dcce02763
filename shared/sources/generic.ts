import * as z from 'zod';
import { digest } from '../domain/id.ts';
import type { Severity } from '../domain/outbox/severity.ts';
import type { AlertEvent } from '../domain/proactive/alerts/alert-event.ts';
import { cut, fittingDetails, oneLine, safeLinks, stated } from './legible.ts';
import { parse } from './parse.ts';
import type { AlertSource, Arrived, Example, Outcome, Reading, Reply } from './source.ts';

const SEVERITIES = {
  critical: 'sev1',
  error: 'sev2',
  warning: 'sev3',
  info: 'sev4',
  sev1: 'sev1',
  sev2: 'sev2',
  sev3: 'sev3',
  sev4: 'sev4',
} as const satisfies Record<string, Severity>;

const filled = (most: number) =>
  z
    .string()
    .max(most, `must have at most ${most} characters`)
    .refine((text) => oneLine(text) !== '', 'must not be empty');

const Link = z.union([
  z.string().transform((href) => ({ href })),
  z.strictObject({ href: z.string(), text: z.string().optional() }),
]);

const Body = z
  .strictObject({
    /** One line for a person; needed on a trigger. */
    summary: filled(1024).optional(),
    severity: z.enum(Object.keys(SEVERITIES) as (keyof typeof SEVERITIES)[]).default('error'),
    /** What the problem is called; without it, the summary and the origin together name it. */
    dedupKey: filled(512).optional(),
    action: z.enum(['trigger', 'acknowledge', 'resolve']).default('trigger'),
    /** What is affected: a host, a site. */
    origin: filled(1024).optional(),
    links: z.array(Link).max(20).optional(),
    details: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  })
  .check(({ value, issues }) => {
    if (value.summary !== undefined || (value.dedupKey && value.action !== 'trigger')) return;
    const message = value.action === 'trigger' ? 'is required' : 'is required without a dedupKey';
    issues.push({ code: 'custom', input: value.summary, path: ['summary'], message });
  });
type Body = z.output<typeof Body>;

/** A text is its first line that says something, and all of it in the details. */
const fieldsOfText = (text: string): Record<string, unknown> => {
  const lines = text.split(/\r?\n/).map((line) => oneLine(line));
  const summary = lines.find((line) => line !== '');
  const long = lines.length > 1 || text.length > 1024;
  return { ...(summary && { summary }), ...(long && { details: text.replaceAll('\0', '').toWellFormed() }) };
};

const fieldsOfForm = (text: string): Record<string, unknown> => {
  const form = new URLSearchParams(text);
  const links = form.getAll('links');
  return { ...Object.fromEntries(form), ...(links.length > 0 && { links }) };
};

const ownFieldsOf = ({ body, contentType }: Arrived): unknown => {
  if (typeof body !== 'string') return body;
  // curl -d calls plain words a form too.
  const isForm = contentType === 'application/x-www-form-urlencoded' && body.includes('=');
  return isForm ? fieldsOfForm(body) : fieldsOfText(body);
};

/** The fields of the body, then those of the query string that the body does not have. */
const fieldsOf = (arrived: Arrived): unknown => {
  const own = ownFieldsOf(arrived);
  if (typeof own !== 'object' || own === null || Array.isArray(own)) return own;
  const fields: Record<string, unknown> = { ...arrived.query, ...own };
  return typeof fields.links === 'string' ? { ...fields, links: [fields.links] } : fields;
};

/** The rule for a problem without a name: the exact summary and origin, as one hash. Its version is part of the key. */
const dedupKeyOf = ({ dedupKey, summary, origin }: Body): string =>
  dedupKey ?? `auto:1:${digest(JSON.stringify([summary ?? '', origin ?? '']))}`;

const eventOf = (body: Body): AlertEvent =>
  stated({
    action: body.action,
    dedupKey: dedupKeyOf(body),
    summary: oneLine(body.summary ?? ''),
    severity: SEVERITIES[body.severity],
    sourceSeverity: cut(body.severity, 100),
    origin: body.origin === undefined ? undefined : oneLine(body.origin),
    links: safeLinks(body.links ?? []),
    details: fittingDetails(typeof body.details === 'string' ? { text: body.details } : (body.details ?? {})),
  });

const read = (arrived: Arrived): Reading => ({
  alerts: [eventOf(parse(Body, fieldsOf(arrived)))],
  changes: [],
});

const accepted = ([outcome]: Outcome[]): Reply => ({
  status: 202,
  body: stated({
    dedupKey: outcome?.dedupKey,
    reason: outcome?.reason,
    incidentId: outcome?.incidentId,
  }),
});

const failed: AlertEvent = {
  action: 'trigger',
  dedupKey: 'backup',
  summary: 'The backup failed',
  severity: 'sev2',
  sourceSeverity: 'error',
};
const reply = { status: 202, body: { dedupKey: 'backup', reason: 'opened', incidentId: 'inc_1' } };
const FORM = 'application/x-www-form-urlencoded';

const examples: Example[] = [
  {
    title: 'JSON with everything',
    arrived: {
      body: {
        summary: 'The backup failed',
        severity: 'sev3',
        dedupKey: 'backup',
        action: 'trigger',
        origin: 'shop-1',
        links: ['https://logs.example.com/1', { href: 'ftp://files.example.com', text: 'Not shown' }],
        details: { exit: 2 },
      },
    },
    gives: {
      alerts: [
        {
          ...failed,
          severity: 'sev3',
          sourceSeverity: 'sev3',
          origin: 'shop-1',
          links: [{ href: 'https://logs.example.com/1' }],
          details: { exit: 2 },
        },
      ],
    },
    reply,
  },
  {
    title: 'a text, and the rest in the query string',
    arrived: {
      contentType: 'text/plain',
      query: { dedupKey: 'backup' },
      body: '\nThe backup failed\nexit 2\n',
    },
    gives: { alerts: [{ ...failed, details: { text: '\nThe backup failed\nexit 2\n' } }] },
    reply,
  },
  {
    title: 'a form that resolves',
    arrived: { contentType: FORM, body: 'action=resolve&dedupKey=backup' },
    gives: { alerts: [{ ...failed, action: 'resolve', summary: '' }] },
    reply,
  },
  {
    title: 'a form with a fault in every field',
    arrived: {
      contentType: FORM,
      query: { sumary: 'x' },
      body: 'severity=bad&action=stop&dedupKey=&links=x',
    },
    gives: { refused: ['body.severity', 'body.action', 'body.dedupKey', 'body.sumary'] },
    reply: { status: 400, body: undefined },
  },
];

export const generic: AlertSource = { read, accepted, examples };
