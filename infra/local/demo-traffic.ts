import { firebreak } from '../../shared/domain/directory/access.ts';
import { TrafficEventBody } from '../../shared/domain/proactive/traffic/traffic-event.ts';
import { after, type Instant } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { planEvent } from '../../shared/workflow/traffic/plan.ts';
import { demoRecords } from './demo.ts';

/** Far enough ahead that everything about it is still to come. */
const AHEAD = 'P45D';

/** Plans one sale on what the fresh demo's provider hosts, as people do: the provider is told, and reminders wait. */
export const planDemoTraffic = async (ports: Ports): Promise<void> => {
  const now = ports.clock.now();
  const invocation = { now, id: ports.newId() };
  await planEvent(ports, { principal: firebreak, invocation }, saleAt(after(now, AHEAD), now));
};

const saleAt = (day: Instant, now: Instant): TrafficEventBody => {
  const records = demoRecords(now);
  const service = records.find((record) => record.kind === 'service' && record.providerId);
  const [owner, manager] = records.filter((record) => record.kind === 'person');
  if (service?.kind !== 'service' || !owner || !manager) throw new Error('The demo is not complete.');
  const date = day.slice(0, 10);
  return TrafficEventBody.parse({
    ...{ clientId: service.clientId, name: 'Spring sale', type: 'sale', serviceIds: [service.id] },
    ...{ timeZone: 'Europe/London', startsAt: `${date}T09:00`, endsAt: `${date}T21:00` },
    baseline: { requestsPerSecond: 40 },
    expectedPeak: { requestsPerSecond: 1200, concurrentUsers: 8000 },
    anonymousShare: 90,
    urls: ['https://shop.example.com/sale'],
    businessContact: { name: 'Mia Market', email: 'mia@example.com' },
    ...{ ownerId: owner.id, managerId: manager.id },
  });
};
