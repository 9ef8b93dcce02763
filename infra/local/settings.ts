import { resolve } from 'node:path';
import * as z from 'zod';
import { type Channel, CONTACT_FORM, parseContact } from '../../shared/domain/channels/channel.ts';
import { Refused } from '../../shared/domain/refused.ts';

const SHORTEST_ADMIN_KEY = 20;

const Fallback = z
  .string()
  .transform(parseContact)
  .refine((contact) => contact !== undefined, `must be ${CONTACT_FORM}`);

/** Each message continues the variable's name, so that together they say what to do. */
const Environment = z.object({
  PORT: z.coerce
    .number('must be a number from 0 to 65535')
    .int('must be a whole number')
    .min(0, 'must be 0 (any free port) or more')
    .max(65535, 'must be 65535 or less')
    .default(3000),
  FIREBREAK_DATA: z.string().min(1, 'must name a folder').default('.firebreak'),
  FIREBREAK_ADMIN_KEY: z
    .string()
    .min(SHORTEST_ADMIN_KEY, `must have ${SHORTEST_ADMIN_KEY} characters or more; leave it out to create one`)
    .regex(/^[\x21-\x7e]*$/, 'must be printable ASCII without spaces, so that it fits a header')
    .optional(),
  FIREBREAK_DEMO: z.enum(['on', 'off'], 'must be "on" or "off"').default('on'),
  FIREBREAK_FALLBACK: Fallback.default({ channel: 'email', address: 'fallback@example.com' }),
  FIREBREAK_EMAIL_FROM: z.email('must be an e-mail address').default('firebreak@localhost.localdomain'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587' }).optional(),
  FIREBREAK_ALLOW_LOCAL_FEEDS: z.enum(['on', 'off'], 'must be "on" or "off"').default('off'),
  DYNAMODB_ENDPOINT: z.url('must be a URL such as http://127.0.0.1:8000').optional(),
});

export interface LocalSettings {
  port: number;
  /** Absolute. */
  folder: string;
  adminKey?: string | undefined;
  demo: boolean;
  fallbackContact: { channel: Channel; address: string };
  mail?: { url: string; from: string } | undefined;
  /** The endpoint of a DynamoDB to use in place of SQLite. */
  dynamodb?: string | undefined;
  /** Status feeds of providers may be served on 127.0.0.1, for trying it out. */
  allowLocalFeeds?: boolean;
}

/** Reads the environment of `npm start`. Refuses with one sentence that names every variable at fault. */
export const readSettings = (environment: Record<string, string | undefined>): LocalSettings => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Refused('invalid', `${faults.join('; ')}.`);
  }
  const read = parsed.data;
  return {
    port: read.PORT,
    folder: resolve(read.FIREBREAK_DATA),
    adminKey: read.FIREBREAK_ADMIN_KEY,
    demo: read.FIREBREAK_DEMO === 'on',
    fallbackContact: read.FIREBREAK_FALLBACK,
    mail: read.SMTP_URL ? { url: read.SMTP_URL, from: read.FIREBREAK_EMAIL_FROM } : undefined,
    dynamodb: read.DYNAMODB_ENDPOINT,
    ...(read.FIREBREAK_ALLOW_LOCAL_FEEDS === 'on' ? { allowLocalFeeds: true } : {}),
  };
};
