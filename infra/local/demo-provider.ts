import { type Provider, ProviderBody } from '../../shared/domain/directory/provider.ts';

type StoredView = Pick<Provider, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

/** A hosting provider that nobody is a customer of: every address belongs to nobody. */
export const demoProvider = (kept: StoredView, ownerId: string): Provider => ({
  kind: 'provider',
  ...kept,
  generation: 1,
  ...ProviderBody.parse({
    name: 'Example Hosting',
    plan: 'Business',
    accountNumber: 'EX-4711',
    website: 'https://hosting.example.com',
    supportHours: 'Urgent: 24 hours, every day. Everything else: Mon to Fri 08:00 to 18:00.',
    timeZone: 'Europe/London',
    contacts: CONTACTS,
    responseTimes: [
      { priority: 'Urgent', within: 'PT30M', note: 'The site is down. By phone only.' },
      { priority: 'High', within: 'PT4H' },
      { priority: 'Normal', within: 'P1D' },
    ],
    haveAtHand: ['The account number', 'The name of the site', 'The time it began, in UTC'],
    noticeLeadTime: 'P7D',
    noticeFields: ['expectedPeak', 'anonymousShare', 'urls'],
    ownerId,
  }),
});

const CONTACTS = [
  {
    ...{ id: 'hotline', name: 'Support hotline', way: 'phone', address: '+15550100200' },
    hours: '24 hours, every day',
  },
  { id: 'portal', name: 'Ticket portal', way: 'portal', address: 'https://support.example.com' },
  {
    ...{ id: 'desk', name: 'Support desk', way: 'email', address: 'support@hosting.example.com' },
    hearsOfTraffic: true,
  },
  {
    ...{ id: 'lead', name: 'Shift lead', way: 'phone', address: '+15550100201' },
    level: 1,
  },
  {
    ...{ id: 'account', name: 'Account manager', way: 'email', address: 'account@hosting.example.com' },
    ...{ level: 2, accountManager: true },
    hours: 'Mon to Fri 09:00 to 17:00',
  },
];
