import type { Person } from '../../shared/domain/directory/person.ts';
import { Provider, ProviderBody } from '../../shared/domain/directory/provider.ts';
import type { Service } from '../../shared/domain/directory/service.ts';
import type { Decision } from '../../shared/domain/outbox/decision.ts';
import type { Notice } from '../../shared/domain/outbox/notice.ts';
import type { Context } from '../../shared/domain/proactive/traffic/planner.ts';
import type { Deciding } from '../../shared/domain/proactive/traffic/planning.ts';
import type { TrafficEvent } from '../../shared/domain/proactive/traffic/traffic-event.ts';

/** A Monday morning. */
export const NOW = '2026-01-05T09:00:00.000Z';
const aggregate = { version: 1, createdAt: NOW, updatedAt: NOW };

export const drawAt = (now: string, of = '01KE6F3G000000000000000001') => ({ now, id: of });
export const actor = { kind: 'api-key' as const, id: 'key_1' };

/** Each provider has a contact with the same id: it is theirs, not one of both. */
export const providerNamed = (name: string, changes: object = {}): Provider =>
  Provider.parse({
    ...ProviderBody.parse({
      ...{ name, noticeFields: ['expectedPeak'] },
      contacts: [
        { id: 'support', name: `${name} support`, way: 'email', address: `support@${name}.example.com` },
        { id: 'second', name: `${name} lead`, way: 'email', address: `lead@${name}.example.com`, level: 1 },
      ],
      ...changes,
    }),
    ...{ kind: 'provider', id: `prv_${name}`, ...aggregate, generation: 1 },
  });

export const serviceAt = (provider: Provider | undefined, name = provider?.name ?? 'homeless'): Service => ({
  ...{ kind: 'service', id: `svc_${name}`, ...aggregate, clientId: 'cli_1', name },
  ...{ escalationPolicyId: 'pol_1', groupingWindow: 'PT0S', reopenWindow: 'PT0S' },
  ...(provider ? { providerId: provider.id } : {}),
});

export const personCalled = (name: string, verified = true): Person => ({
  ...{ kind: 'person', id: `per_${name}`, ...aggregate, name, email: `${name}@example.com`, timeZone: 'UTC' },
  contactMethods: [{ id: 'mail', channel: 'email', address: `${name}@example.com`, verified }],
  notificationRules: [],
});

/** A campaign twenty days ahead. */
export const eventWith = (changes: Partial<TrafficEvent> = {}): TrafficEvent => ({
  ...{ kind: 'traffic-event', id: 'trf_1', ...aggregate, clientId: 'cli_1', name: 'Winter sale' },
  ...{ type: 'campaign', serviceIds: [], timeZone: 'Europe/Berlin' },
  ...{ startsAt: '2026-01-25T10:00', endsAt: '2026-01-25T15:00' },
  ...{ start: '2026-01-25T09:00:00.000Z', end: '2026-01-25T14:00:00.000Z' },
  expectedPeak: { requestsPerSecond: 1200 },
  ...{
    ownerId: 'per_ada',
    managerId: 'per_bo',
    status: 'planned',
    generation: 1,
    notices: [],
    preChecks: [],
  },
  ...changes,
});

export const aroundWith = (providers: Provider[], changes: Partial<Context> = {}): Context => ({
  clientName: 'Harbour Books',
  services: providers.map((provider) => serviceAt(provider)),
  providers,
  owner: personCalled('ada'),
  manager: personCalled('bo'),
  fallback: undefined,
  notices: [],
  ...changes,
});

export const deciding = (context: Context, now = NOW): Deciding => ({
  context,
  invocation: drawAt(now),
  actor,
});

/** What a plan tells: `announcement support@a.example.com`. */
export const told = ({ outbox }: Decision<TrafficEvent>): string[] =>
  outbox.flatMap((promise) =>
    promise.kind === 'notice' ? [`${promise.occasion} ${promise.to.address}`] : [],
  );

export const noticesIn = ({ outbox }: Decision<TrafficEvent>): Notice[] =>
  outbox.flatMap((promise) => (promise.kind === 'notice' ? [promise] : []));

/** What a plan arms: `over 2026-01-25T14:00:00.000Z`. */
export const armed = ({ outbox }: Decision<TrafficEvent>): string[] =>
  outbox.flatMap((promise) =>
    promise.kind === 'timer' && promise.command.type === 'run-task'
      ? [`${promise.command.task} ${promise.dueAt}`]
      : [],
  );

/** The notices of a plan as they are once they were handed over. */
export const handedOver = (plan: Decision<TrafficEvent>, at = NOW): Notice[] =>
  noticesIn(plan).map((notice) => ({ ...notice, state: 'handed-over', handedOverAt: at, dueAt: undefined }));
