import * as z from 'zod';
import { aggregate, Name, Text } from '../aggregate.ts';
import { Duration, Instant, milliseconds } from '../time.ts';
import { TimeZone } from '../time-zone.ts';

/** How a provider is reached. Firebreak itself can write an e-mail; the other ways are for people. */
export const ContactType = z.enum(['phone', 'portal', 'chat', 'email']);
export type ContactType = z.infer<typeof ContactType>;

const EmailAddress = z.email().max(254);
const PhoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number such as +15550100123');
const Page = z.url({ protocol: /^https$/, error: 'must be an https address' }).max(500);
/** Loopback is for trying it out: only one machine that is told to reads from there. */
const Feed = z
  .url()
  .max(500)
  .refine(
    (url) => /^https:\/\//i.test(url) || /^http:\/\/(127\.0\.0\.1|localhost)[:/]/i.test(url),
    'must be an https address',
  );
const ADDRESSES: Record<ContactType, z.ZodType> = {
  phone: PhoneNumber,
  portal: Page,
  chat: Page,
  email: EmailAddress,
};

/** One way to get the provider's support. */
export const ProviderContact = z
  .strictObject({
    id: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
    name: Name,
    way: ContactType,
    address: z.string().max(500),
    /** Where an escalation inside the provider goes: 0 first, then 1, 2, … An account manager is usually the last. */
    level: z.number().int().min(0).max(9).default(0),
    accountManager: z.boolean().default(false),
    /** Hears of planned traffic. Only an e-mail address can. */
    hearsOfTraffic: z.boolean().default(false),
    /** When somebody answers there, in words: `Mon to Fri 08:00 to 18:00`. */
    hours: z.string().max(200).optional(),
  })
  .check((context) => {
    const { way, address, hearsOfTraffic } = context.value;
    const parsed = ADDRESSES[way].safeParse(address);
    const push = (path: string, message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path: [path], message });
    if (!parsed.success) push('address', parsed.error.issues[0]?.message ?? 'is not an address');
    if (hearsOfTraffic && way !== 'email')
      push('hearsOfTraffic', 'needs an e-mail address: Firebreak can only send e-mail');
  });
export type ProviderContact = z.infer<typeof ProviderContact>;

/** What a provider wants to know of planned traffic, by the names of a traffic event's fields. */
export const NoticeField = z.enum([
  'baseline',
  'expectedPeak',
  'anonymousShare',
  'urls',
  'sourceIps',
  'method',
  'businessContact',
]);
export type NoticeField = z.infer<typeof NoticeField>;

const LocalDate = z.iso.date();
const LONGEST_LEAD = milliseconds('P90D');
const SHORTEST_REVIEW = milliseconds('P1D');

const fields = {
  name: Name,
  plan: z.string().max(200).optional(),
  accountNumber: z.string().max(200).optional(),
  website: Page.optional(),
  /** When support answers, in words, and the zone that those hours are in. */
  supportHours: z.string().max(500).default('24 hours, every day'),
  timeZone: TimeZone.default('UTC'),
  contacts: z.array(ProviderContact).max(30).default([]),
  /** How soon they promise to answer, by their own priorities. */
  responseTimes: z
    .array(z.strictObject({ priority: Name, within: Duration, note: z.string().max(500).optional() }))
    .max(10)
    .default([]),
  /** What to have at hand before calling: account number, site id, passphrase's place. */
  haveAtHand: z.array(Text).max(20).default([]),
  /** How long before planned traffic they want to hear of it. */
  noticeLeadTime: Duration.refine(
    (lead) => milliseconds(lead) <= LONGEST_LEAD,
    'must be P90D or less',
  ).default('P7D'),
  noticeFields: z.array(NoticeField).max(7).default(['expectedPeak', 'anonymousShare', 'urls']),
  contract: z
    .strictObject({
      startsOn: LocalDate.optional(),
      endsOn: LocalDate.optional(),
      /** The last day to end or change it. */
      noticeBy: LocalDate.optional(),
    })
    .default({}),
  /** Who keeps this up to date, and how often they are asked to. */
  ownerId: z.string().optional(),
  reviewEvery: Duration.refine(
    (listAll) => milliseconds(listAll) >= SHORTEST_REVIEW,
    'must be P1D or more',
  ).default('P90D'),
  /** A Statuspage `summary.json`, watched every five minutes. */
  statusFeed: Feed.optional(),
  notes: z.string().max(4000).optional(),
};

/** Who hosts what we run, and every way to get their support. */
export const Provider = z.looseObject({
  ...aggregate('provider'),
  ...fields,
  /** When somebody last said that all of it is still right. */
  reviewedAt: z.string().optional(),
  /** Since when the status feed cannot be read, and whether that was told. */
  feedFailingSince: Instant.optional(),
  feedFailure: z.string().optional(),
  feedAlarmed: z.boolean().optional(),
  /** Moves on with every review and change of what its reminders depend on. */
  generation: z.number().int().default(1),
});
export type Provider = z.infer<typeof Provider>;

export const ProviderBody = z.strictObject(fields).check((context) => {
  const ids = context.value.contacts.map(({ id }) => id);
  for (const [index, id] of ids.entries())
    if (ids.indexOf(id) !== index)
      context.issues.push({
        code: 'custom',
        input: id,
        path: ['contacts', index, 'id'],
        message: 'is used twice',
      });
  const { startsOn, endsOn } = context.value.contract;
  if (startsOn && endsOn && endsOn < startsOn)
    context.issues.push({
      code: 'custom',
      input: endsOn,
      path: ['contract', 'endsOn'],
      message: 'must not be before startsOn',
    });
});
export type ProviderBody = z.infer<typeof ProviderBody>;

/** Whom a notice of planned traffic goes to, in order: those that are named for it, else every e-mail address. */
export const noticeContacts = ({ contacts }: Pick<Provider, 'contacts'>): ProviderContact[] => {
  const mail = contacts
    .filter(({ way }) => way === 'email')
    .toSorted((one, other) => one.level - other.level);
  const named = mail.filter(({ hearsOfTraffic }) => hearsOfTraffic);
  return named.length > 0 ? named : mail;
};
