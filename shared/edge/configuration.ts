import * as z from 'zod';

/**
 * The environment of every function, parsed once. Infra sets these variables `satisfies Environment`,
 * so that a missing one does not compile.
 */
export const Environment = z.object({
  /** The table's name. */
  TABLE: z.string().min(1),
  /** Where people and monitors reach this installation, without a trailing slash. */
  PUBLIC_URL: z.url(),
  /** ARN of the secret `{ "keys": [{ "version": 1, "secret": "…" }] }` that signs one-tap links. */
  LINK_SECRET_ARN: z.string(),
  /** ARN of the secret that is the installation's first administrator key. */
  ADMIN_SECRET_ARN: z.string(),
  /** What the names begin with of the secrets that others gave us to call them with. */
  VAULT_PREFIX: z.string().default(''),
  /** The bucket of the files that people bring as evidence. */
  FILES_BUCKET: z.string().default(''),
  /** `email:address` or `sms:+number`, whom exhausted policies reach; empty for nobody. */
  FALLBACK_CONTACT: z.string().default(''),
  /** The E.164 two-way number, or empty: then texts cannot be answered. */
  SMS_NUMBER: z.string().default(''),
  /** The address that pages come from. */
  EMAIL_FROM: z.string().default(''),
  /** The SES configuration set whose bounces come back, or empty. */
  EMAIL_CONFIGURATION_SET: z.string().default(''),
  /** The EventBridge Scheduler group, the role it invokes with, and the function it invokes. */
  TIMER_GROUP: z.string().default(''),
  TIMER_ROLE_ARN: z.string().default(''),
  TIMER_FUNCTION_ARN: z.string().default(''),
  TIMER_DEAD_LETTER_ARN: z.string().default(''),
  /** Events a minute that one integration key may send. */
  EVENTS_PER_MINUTE: z.string().regex(/^\d+$/).default('6000'),
  /** Comma-separated ARNs of the SNS topics whose CloudWatch alarms are accepted over HTTPS. */
  ALARM_TOPICS: z.string().default(''),
  /** The id of the integration that takes alarms from the event bus which name none themselves, or empty. */
  ALARM_INTEGRATION: z.string().default(''),
});
export type Environment = z.infer<typeof Environment>;
