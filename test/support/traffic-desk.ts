import { expect } from 'vitest';
import { firebreak } from '../../shared/domain/directory/access.ts';
import { Provider, ProviderBody } from '../../shared/domain/directory/provider.ts';
import type { Notice } from '../../shared/domain/outbox/notice.ts';
import { type TrafficEvent, TrafficEventBody } from '../../shared/domain/proactive/traffic/traffic-event.ts';
import type { Caller } from '../../shared/workflow/engine/caller.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';
import { acknowledgeNotice } from '../../shared/workflow/traffic/acknowledge.ts';
import { cancelEvent, changeEvent } from '../../shared/workflow/traffic/change.ts';
import { eventOf, noticesOf } from '../../shared/workflow/traffic/context.ts';
import { planEvent } from '../../shared/workflow/traffic/plan.ts';
import type { Warned } from '../../shared/workflow/traffic/read.ts';
import { START } from './cast.ts';
import type { Desk } from './desk.ts';

export const OWNER = 'ada@example.com';
export const MANAGER = 'bo@example.com';
export const SUPPORT = 'support@hosting.example.com';
export const SECOND_LEVEL = 'second@hosting.example.com';

const providerBody = {
  name: 'Example Hosting',
  accountNumber: 'EX-1',
  contacts: [
    { id: 'support', name: 'Support desk', way: 'email', address: SUPPORT },
    { id: 'second', name: 'Second level', way: 'email', address: SECOND_LEVEL, level: 1 },
    { id: 'phone', name: 'Hotline', way: 'phone', address: '+15550100900', hours: 'always' },
  ],
};

/** Planned traffic at a desk: ada owns it, bo manages it, and Example Hosting hosts the shop. */
export interface TrafficDesk {
  caller(): Caller;
  provider: Provider;
  plan(body?: object): Promise<Warned>;
  change(id: string, patch: object): Promise<Warned>;
  cancel(id: string, reason?: string): Promise<Warned>;
  /** Taps the link in a message. */
  tap(message: Message, said?: { name?: string; answer?: string }): Promise<string>;
  event(id: string): Promise<TrafficEvent>;
  notices(id: string): Promise<Notice[]>;
  /** The one message about this to the address; it has to be there, and the only one about it. */
  expectTold(address: string, about: RegExp): Message;
  /** Accounts for messages that a test does not look at. */
  overlook(...addresses: string[]): void;
}

const LINK = /\/n\/(?<subjectId>\w+)\/(?<recipientId>[\w-]+)\/[\w.-]+/;

export const trafficDesk = async (desk: Desk, changes: object = {}): Promise<TrafficDesk> => {
  const { ports, cast } = desk;
  const aggregate = { version: 1, createdAt: START, updatedAt: START, generation: 1 };
  const provider = Provider.parse({
    ...ProviderBody.parse({ ...providerBody, ...changes }),
    ...aggregate,
    ...{ kind: 'provider', id: 'prv_01KE6F3G00EXAMPLEH0ST1NG' },
  });
  await ports.store.commit([{ put: provider }, { put: { ...cast.service, providerId: provider.id } }]);
  desk.outbox.length = 0;
  const caller = (): Caller => ({ principal: firebreak, invocation: newInvocation(ports) });
  const settled = async <T>(result: Promise<T>): Promise<T> => {
    const given = await result;
    await desk.reconcile();
    return given;
  };
  return {
    caller,
    provider,
    plan: (body = {}) => settled(planEvent(ports, caller(), bodyOf(desk, body))),
    change: (id, patch) => settled(changeEvent(ports, caller(), { id, patch })),
    cancel: (id, reason) => settled(cancelEvent(ports, caller(), { id, reason })),
    tap: async ({ text }, said = {}) => {
      const link = LINK.exec(text)?.groups as { subjectId: string; recipientId: string } | undefined;
      if (!link) throw new Error(`There is no link in: ${text}`);
      return (await settled(acknowledgeNotice(ports, link, said, newInvocation(ports)))).reason;
    },
    event: (id) => eventOf(ports, id),
    notices: (id) => noticesOf(ports, id),
    expectTold: (address, about) => {
      const told = desk.take(address, about);
      expect(
        told.map(({ subject }) => subject),
        `${address} about ${about}`,
      ).toHaveLength(1);
      return told[0] as Message;
    },
    overlook: (...addresses) => {
      for (const address of addresses) desk.take(address);
    },
  };
};

/** A campaign of five hours, twenty days ahead. */
export const bodyOf = ({ cast: { client, service, people } }: Desk, body: object = {}): TrafficEventBody =>
  TrafficEventBody.parse({
    ...{ clientId: client.id, serviceIds: [service.id], ownerId: people.ada.id, managerId: people.bo.id },
    ...{ name: 'Winter sale', type: 'campaign', timeZone: 'Europe/Berlin' },
    ...{ startsAt: '2026-01-25T10:00', endsAt: '2026-01-25T15:00' },
    ...{
      expectedPeak: { requestsPerSecond: 1200 },
      anonymousShare: 90,
      urls: ['https://shop.example.com/sale'],
    },
    ...body,
  });
