import { NoticeField, type Provider } from '../../directory/provider.ts';
import type { Service } from '../../directory/service.ts';
import { cut, oneLine } from '../../one-line.ts';
import { fieldsFor, servicesAt } from './notice.ts';
import { inZoneAndUtc } from './times.ts';
import type { ProviderNotice, TrafficEvent } from './traffic-event.ts';

/** One thing that is known of an event, as it is written to people. */
export interface Fact {
  label: string;
  value: string;
}

const MOST_LISTED = 100;
const lines = (values: string[]): string => values.slice(0, MOST_LISTED).map(oneLine).join(', ');

const nameOf = ({ name }: { name: string }): string => name;

/** `1,200 requests a second, 8,000 people at once`. */
export const loadInWords = ({
  requestsPerSecond: rate,
  concurrentUsers: users,
}: NonNullable<TrafficEvent['baseline']>): string =>
  [
    ...(rate === undefined ? [] : [`${rate.toLocaleString('en-GB')} requests a second`]),
    ...(users === undefined ? [] : [`${users.toLocaleString('en-GB')} people at once`]),
  ].join(', ');

const FIELDS: Record<NoticeField, { label: string; said(event: TrafficEvent): string | undefined }> = {
  baseline: { label: 'On other days', said: ({ baseline }) => baseline && loadInWords(baseline) },
  expectedPeak: {
    label: 'Expected peak',
    said: ({ expectedPeak }) => expectedPeak && loadInWords(expectedPeak),
  },
  anonymousShare: {
    label: 'Visitors who are not signed in',
    said: ({ anonymousShare: share }) => (share === undefined ? undefined : `${share} %`),
  },
  urls: { label: 'Pages', said: ({ urls }) => urls && lines(urls) },
  sourceIps: { label: 'Comes from', said: ({ sourceIps }) => sourceIps && lines(sourceIps) },
  method: { label: 'How it is done', said: ({ method }) => method },
  businessContact: {
    label: 'Contact',
    said: ({ businessContact: contact }) =>
      contact && lines([contact.name, contact.email, ...(contact.phone ? [contact.phone] : [])]),
  },
};

/** `Pages`, `Comes from`: what a field is called by people. */
export const labelOf = (field: string): string => FIELDS[field as NoticeField]?.label ?? field;

const KIND: Record<TrafficEvent['type'], string> = {
  launch: 'launch',
  campaign: 'campaign',
  sale: 'sale',
  'load-test': 'load test',
  'penetration-test': 'penetration test',
};
export const kindOf = ({ type }: Pick<TrafficEvent, 'type'>): string => KIND[type];

/** What it is, when and where. */
export const basicFacts = (event: TrafficEvent, services: Service[]): Fact[] => [
  { label: 'What', value: `${cut(oneLine(event.name), 200)} (${kindOf(event)})` },
  { label: 'Services', value: lines(services.filter(({ id }) => event.serviceIds.includes(id)).map(nameOf)) },
  { label: 'Starts', value: inZoneAndUtc(event.start, event.timeZone) },
  { label: 'Ends', value: inZoneAndUtc(event.end, event.timeZone) },
];

/** All that a provider is told; when none of it changes, the provider need not hear again. */
export const factsFor = (event: TrafficEvent, provider: Provider, services: Service[]): Fact[] => [
  ...basicFacts(event, servicesAt(event, services, provider.id)),
  ...saidOf(event, fieldsFor(event, provider)),
];

/** All that is known of an event, whoever asked for it. */
export const everyFact = (event: TrafficEvent, services: Service[]): Fact[] => [
  ...basicFacts(event, services),
  ...saidOf(event, NoticeField.options),
];

const saidOf = (event: TrafficEvent, fields: NoticeField[]): Fact[] =>
  fields.flatMap((field) => {
    const { label, said } = FIELDS[field];
    const value = said(event);
    return value ? [{ label, value }] : [];
  });

/** Where it stands with a provider, as one line. */
export const standOf = (notice: ProviderNotice, timeZone: string): string => {
  const { providerName: name, state, missing, acknowledgedBy, answer, deadline } = notice;
  const by = `(deadline ${inZoneAndUtc(deadline, timeZone)})`;
  const known: Record<ProviderNotice['state'], string> = {
    incomplete: `not notified yet: ${missing.map(labelOf).join(', ')} missing ${by}`,
    unreachable: `not notified: no e-mail address ${by}`,
    sent: `notified, not confirmed yet ${by}`,
    acknowledged: `confirmed by ${oneLine(acknowledgedBy ?? 'them')}${answer ? `: ${oneLine(answer)}` : ''}`,
    failed: `not notified: no notice arrived ${by}`,
    withdrawn: 'no longer affects them',
  };
  return `${oneLine(name)}: ${known[state]}`;
};

/** Every way to reach a provider that is for people: what is left when nothing can be written. */
export const waysByHand = ({ contacts, accountNumber, name }: Provider): string[] => [
  ...contacts
    .filter(({ way }) => way !== 'email')
    .toSorted((one, other) => one.level - other.level)
    .map(
      ({ way, name: who, address, hours }) =>
        `${oneLine(name)}, ${way}: ${oneLine(who)}, ${address}${hours ? ` (${oneLine(hours)})` : ''}`,
    ),
  ...(accountNumber ? [`${oneLine(name)}, account number: ${oneLine(accountNumber)}`] : []),
];
