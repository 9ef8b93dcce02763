import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { CONTACT_FORM, parseContact } from '../shared/domain/channels/channel.ts';

const FILE = 'firebreak.json';

const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number such as +15550100');
/** The spans that CloudWatch Logs accepts, in days. */
const LogRetentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
]);

/** All that an installation may choose. Everything has a default; without `emailFrom` no e-mail goes out. */
export const Configuration = z.strictObject({
  /** The stack's name, and how the names of its functions and alarms begin. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,29}$/, 'must be up to 30 small letters, digits and hyphens')
    .default('firebreak'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be an account of 12 digits')
    .optional(),
  region: z.string().min(1).optional(),
  /** The address that pages come from; it or its domain must be a verified SES identity. */
  emailFrom: z.email().optional(),
  /** Whom exhausted policies reach: `email:address` or `sms:+number`. */
  fallbackContact: z
    .string()
    .refine((text) => parseContact(text) !== undefined, `must be ${CONTACT_FORM}`)
    .optional(),
  sms: z
    .strictObject({
      /** The number of End User Messaging that pages come from and that can be answered. */
      twoWayNumber: Phone.optional(),
      /** The month's spending on SMS, in US dollars, that raises an alarm. */
      spendAlarm: z.number().positive().default(25),
    })
    .prefault({}),
  /** Where people reach the installation when that is not the API's own address or `domain`. */
  publicUrl: z
    .url({ protocol: /^https$/ })
    .refine((url) => !url.endsWith('/'), 'must not end with a slash')
    .optional(),
  /** A domain of one's own, with its certificate in ACM; DNS is pointed at the output by hand. */
  domain: z
    .strictObject({ name: z.string().min(1), certificateArn: z.string().startsWith('arn:') })
    .optional(),
  /** Who hears Firebreak's own alarms; never by Firebreak itself. */
  alarmEmail: z.email().optional(),
  logRetentionDays: LogRetentionDays.default(90),
  /** Events a minute that one integration key may send. */
  eventsPerMinute: z.int().positive().default(6000),
  /** ARNs of the SNS topics whose CloudWatch alarms are accepted over HTTPS. */
  alarmTopics: z.array(z.string().startsWith('arn:')).default([]),
  /** The integration (`int_…`) that takes alarms from the event bus which name none themselves. */
  alarmIntegration: z.string().startsWith('int_').optional(),
  /** False for a trial: then removing the stack removes the data too. */
  keepData: z.boolean().default(true),
});
export type Configuration = z.infer<typeof Configuration>;

/** What the file `firebreak.json` says, else the context value, else the defaults. Throws naming every bad field. */
export const readConfiguration = (context: unknown, folder = process.cwd()): Configuration => {
  const path = `${folder}/${FILE}`;
  return existsSync(path)
    ? configure(readJson(readFileSync(path, 'utf8'), FILE), FILE)
    : configure(ofContext(context), CONTEXT);
};

const CONTEXT = 'the context value "firebreak"';

/** An object from `cdk.json`, or the text of one from the command line. */
const ofContext = (context: unknown): unknown =>
  typeof context === 'string' ? readJson(context, CONTEXT) : (context ?? {});

const readJson = (text: string, source: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${source} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
};

/** Parses what `source` says. Throws one error that names every field at fault. */
export const configure = (given: unknown, source = FILE): Configuration => {
  const parsed = Configuration.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(all)'}: ${issue.message}`,
  );
  throw new Error(`The configuration in ${source} is not valid:\n${problems.join('\n')}`);
};
