import * as z from 'zod';
import { aggregate, Name } from '../aggregate.ts';
import { addressFits, Channel, capabilitiesOf } from '../channels/channel.ts';
import { EmailAddress } from '../channels/email.ts';
import type { Resource } from '../resource.ts';
import { Duration, milliseconds } from '../time.ts';
import { TimeZone } from '../time-zone.ts';

export const Urgency = z.enum(['high', 'low']);
export type Urgency = z.infer<typeof Urgency>;

const contactMethod = {
  id: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
  channel: Channel,
  address: z.string().max(254),
  verified: z.boolean().default(false),
};

/** One way to reach a person. Only a verified one is used. */
export const ContactMethod = z.looseObject(contactMethod).check(addressFits);
export type ContactMethod = z.infer<typeof ContactMethod>;

const notificationRule = { urgency: Urgency, methodId: z.string(), delay: Duration.default('PT0S') };

/** When somebody is paged at this urgency, use this method after this delay. */
export const NotificationRule = z.looseObject(notificationRule);
export type NotificationRule = z.infer<typeof NotificationRule>;

const MOST_METHODS = 10;
const MOST_RULES = 20;
const fields = { name: Name, email: EmailAddress, timeZone: TimeZone };

/** Somebody who can be reached. */
export const Person = z.looseObject({
  ...aggregate('person'),
  ...fields,
  contactMethods: z.array(ContactMethod).max(MOST_METHODS),
  notificationRules: z.array(NotificationRule).max(MOST_RULES),
});
export type Person = z.infer<typeof Person>;

export const PersonBody = z
  .strictObject({
    ...fields,
    timeZone: TimeZone.default('UTC'),
    contactMethods: z.array(z.strictObject(contactMethod).check(addressFits)).max(MOST_METHODS).default([]),
    notificationRules: z.array(z.strictObject(notificationRule)).max(MOST_RULES).default([]),
  })
  .check((context) => {
    const { contactMethods, notificationRules } = context.value;
    const known = contactMethods.map((method) => method.id);
    for (const [index, id] of known.entries())
      if (known.indexOf(id) !== index)
        context.issues.push({
          code: 'custom',
          input: id,
          path: ['contactMethods', index, 'id'],
          message: 'is used twice',
        });
    for (const [index, rule] of notificationRules.entries())
      if (!known.includes(rule.methodId))
        context.issues.push({
          code: 'custom',
          input: rule.methodId,
          path: ['notificationRules', index, 'methodId'],
          message: 'is not the id of one of the contact methods',
        });
  });
export type PersonBody = z.infer<typeof PersonBody>;

/** One contact method to use for a person, and how long to wait before using it. */
export interface Reach {
  method: ContactMethod;
  delay: Duration;
}

/**
 * How a person wants to be reached at an urgency: their rules, as far as those name verified methods; without
 * any, every verified method at once (high) or the quiet ones (low). Never nothing where a verified method exists.
 */
export const reaches = (person: Person, urgency: Urgency): Reach[] => {
  const verified = person.contactMethods.filter((method) => method.verified);
  const byRule = person.notificationRules.flatMap((rule) => {
    const method = verified.find((candidate) => candidate.id === rule.methodId);
    return rule.urgency === urgency && method ? [{ method, delay: rule.delay }] : [];
  });
  if (byRule.length > 0) return soonest(byRule);
  const quiet = verified.filter(({ channel }) => capabilitiesOf(channel).quiet);
  const chosen = urgency === 'low' && quiet.length > 0 ? quiet : verified;
  return chosen.map((method) => ({ method, delay: 'PT0S' }));
};

/** Each method once, as early as any rule wants it: a promise can be made only once. */
const soonest = (reach: Reach[]): Reach[] => {
  const byDelay = reach.toSorted((one, other) => milliseconds(one.delay) - milliseconds(other.delay));
  return byDelay.filter(({ method }, place) => byDelay.findIndex((each) => each.method === method) === place);
};

export const isReachable = (person: Person): boolean =>
  person.contactMethods.some((method) => method.verified);

export const people: Resource<Person> = {
  kind: 'person',
  prefix: 'per',
  path: 'people',
  called: 'person',
  api: 'directory',
  owner: 'installation',
  record: Person,
  body: PersonBody,
  shown: Object.keys(PersonBody.shape),
  warnings: (person) =>
    isReachable(person) ? [] : [`${person.name} has no verified contact method and cannot be reached.`],
  example: {
    name: 'Bo Example',
    email: 'bo@example.com',
    timeZone: 'Europe/London',
    contactMethods: [{ id: 'phone', channel: 'sms', address: '+15550100123', verified: true }],
    notificationRules: [{ urgency: 'high', methodId: 'phone', delay: 'PT0S' }],
  },
};
