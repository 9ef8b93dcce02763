import { type Resource, references } from '../resource.ts';
import { noticeContacts, Provider, ProviderBody } from './provider.ts';
import { WITHOUT_FAILURE } from './provider-feed.ts';
import { generationAfter, reminders } from './provider-reminder.ts';

/** Whoever may read a service that it hosts may read how its support is reached. */
export const providers: Resource<Provider> = {
  kind: 'provider',
  prefix: 'prv',
  path: 'providers',
  called: 'provider',
  api: 'directory',
  owner: 'installation',
  sharedWithClients: true,
  record: Provider,
  body: ProviderBody,
  shown: [...Object.keys(ProviderBody.shape), 'reviewedAt', 'feedFailingSince', 'feedFailure'],
  references: ({ ownerId }) => references(['person', ownerId, 'body.ownerId']),
  derived: (before, after) => ({
    generation: generationAfter(before, after),
    ...(before?.statusFeed === after.statusFeed ? {} : WITHOUT_FAILURE),
  }),
  outbox: (before, after, invocation) =>
    before?.generation === after.generation ? [] : reminders(after, invocation),
  warnings: (provider) => [
    ...(noticeContacts(provider).length > 0
      ? []
      : ['No contact has an e-mail address: send notices of planned traffic yourself.']),
    ...(provider.ownerId ? [] : ['This provider has no owner, so nobody receives its reminders.']),
  ],
  example: {
    name: 'Example Hosting',
    accountNumber: 'A-1234',
    supportHours: '24 hours, every day',
    timeZone: 'Europe/London',
    contacts: [
      {
        id: 'support',
        name: 'Support',
        way: 'email',
        address: 'support@hosting.example.com',
        level: 0,
        accountManager: false,
        hearsOfTraffic: true,
      },
    ],
    responseTimes: [{ priority: 'P1', within: 'PT1H' }],
    haveAtHand: ['The site id'],
    noticeLeadTime: 'P7D',
    noticeFields: ['expectedPeak'],
    contract: { endsOn: '2026-12-31' },
    ownerId: 'per_1',
    reviewEvery: 'P90D',
    generation: 1,
  },
};
