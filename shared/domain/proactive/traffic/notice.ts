import {
  NoticeField,
  noticeContacts,
  type Provider,
  type ProviderContact,
} from '../../directory/provider.ts';
import type { Service } from '../../directory/service.ts';
import { digest } from '../../id.ts';
import type { Notice } from '../../outbox/notice.ts';
import type { Recipient } from '../../outbox/subject.ts';
import type { Instant } from '../../time.ts';
import { ahead } from './times.ts';
import type { TrafficEvent } from './traffic-event.ts';

const TESTS = ['load-test', 'penetration-test'];
/** Nobody may take a test for an attack. */
const OF_TESTS: NoticeField[] = ['sourceIps', 'method', 'businessContact'];

/** What a provider is to know of an event: what it asks for, and of tests always where they come from. */
export const fieldsFor = (
  { type }: Pick<TrafficEvent, 'type'>,
  { noticeFields }: Pick<Provider, 'noticeFields'>,
): NoticeField[] => {
  const wanted: NoticeField[] = TESTS.includes(type) ? [...noticeFields, ...OF_TESTS] : noticeFields;
  return NoticeField.options.filter((field) => wanted.includes(field));
};

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** What a provider is to know and we do not. */
export const missingFor = (event: TrafficEvent, provider: Pick<Provider, 'noticeFields'>): NoticeField[] =>
  fieldsFor(event, provider).filter((field) => isEmpty(event[field]));

/** The last moment that gives the provider its lead time. */
export const deadlineOf = (
  { start }: Pick<TrafficEvent, 'start'>,
  { noticeLeadTime }: Pick<Provider, 'noticeLeadTime'>,
): Instant => ahead(start, noticeLeadTime);

/** A provider's contact as a recipient. Its id tells contacts of different providers apart, in promises and links. */
export const recipientAt = (provider: Pick<Provider, 'id'>, contact: ProviderContact): Recipient => ({
  id: `ctc_${digest(`${provider.id}/${contact.id}`)}`,
  name: contact.name,
  channel: 'email',
  address: contact.address,
  ours: false,
});

/** Whom a provider's notices go to, in order. */
export const recipientsAt = (provider: Pick<Provider, 'id' | 'contacts'>): Recipient[] =>
  noticeContacts(provider).map((contact) => recipientAt(provider, contact));

const ARRIVED: Notice['state'][] = ['claimed', 'handed-over', 'delivered'];

/** Whether it is with its recipient, or may be by now. */
export const isOnItsWay = ({ state }: Pick<Notice, 'state'>): boolean => ARRIVED.includes(state);

/** Everybody at a provider who has heard of the event, or is hearing of it now. */
export const toldAt = (notices: Notice[], providerId: string): Recipient[] => {
  const heard = notices.filter((notice) => notice.providerId === providerId && isOnItsWay(notice));
  return [...new Map(heard.map(({ to }) => [to.id, to])).values()];
};

/** Of an event's services, those that a provider hosts. */
export const servicesAt = (
  { serviceIds }: Pick<TrafficEvent, 'serviceIds'>,
  services: Service[],
  providerId: string,
): Service[] =>
  services.filter((service) => service.providerId === providerId && serviceIds.includes(service.id));
