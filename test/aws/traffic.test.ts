import { describe, expect, test } from 'vitest';
import { call, deadLetters, eventually, type Mail, mailsTo } from './cloud.ts';
import { openDesk, post } from './desk.ts';
import { schedulesAt } from './schedules.ts';

/** Schedules are looked at every 10 seconds. */
const BY_SCHEDULE = 150;
const MINUTE = 60_000;
const browser = { 'content-type': 'application/x-www-form-urlencoded' };

const mailTo = (address: string, subject: RegExp, seconds?: number): Promise<Mail> =>
  eventually(async () => (await mailsTo(address)).find((mail) => subject.test(mail.subject)), seconds);

const minuteOf = (at: number): string => new Date(at).toISOString().slice(0, 16);

/** A sale on what Example Hosting runs, whose reminder that comes `ahead` minutes before is due in a minute or two. */
const planned = async (name: string, ahead: number) => {
  const { clientId } = await openDesk(name);
  const host = `hosting.${name}@example.com`;
  const owner = `owner.${name}@example.com`;
  const contactMethods = [{ id: 'mail', channel: 'email', address: owner, verified: true }];
  const { id: ownerId } = await post('/v1/people', { name: 'Olga Owner', email: owner, contactMethods });
  const provider = await post('/v1/providers', {
    ...{ name: 'Example Hosting', noticeLeadTime: 'PT30M', noticeFields: ['expectedPeak'], ownerId },
    contacts: [{ id: 'desk', name: 'Support desk', way: 'email', address: host, hearsOfTraffic: true }],
  });
  const steps = [{ delay: 'PT5M', targets: [{ type: 'person', id: ownerId }] }];
  const { id: escalationPolicyId } = await post('/v1/escalation-policies', { name, steps });
  const service = await post('/v1/services', {
    ...{ clientId, name: 'Web shop', escalationPolicyId, providerId: provider.id },
  });
  const start = Math.ceil(Date.now() / MINUTE) * MINUTE + (ahead + 1) * MINUTE;
  const event = await post('/v1/traffic-events', {
    ...{ clientId, name: `Sale ${name}`, type: 'sale', serviceIds: [service.id], timeZone: 'UTC' },
    ...{ startsAt: minuteOf(start), endsAt: minuteOf(start + 60 * MINUTE) },
    ...{ expectedPeak: { requestsPerSecond: 900 }, ownerId, managerId: ownerId },
  });
  return { id: event.id, clientId, host, owner, reminded: new Date(start - ahead * MINUTE).toISOString() };
};

/** The provider's contact opens the link in the notice, and says that they have noted it. */
const note = async (host: string, name: string): Promise<void> => {
  const notice = await mailTo(host, new RegExp(`^Planned traffic: Sale ${name}`));
  expect(notice.text).toContain('900 requests a second');
  const link = /https?:\/\/[^/\s]+(\/n\/\S+)/.exec(notice.text)?.[1] ?? 'no link';
  const page = await call('GET', link, { headers: browser });
  expect([page.status, page.text.includes('Confirm')]).toEqual([200, true]);
  const body = 'name=Kim&answer=T-4711';
  expect((await call('POST', link, { body, headers: browser })).status).toBe(200);
};

/** A one-time schedule stands in the group of timers for that very second. */
const expectArmed = async (at: string): Promise<void> => {
  const [schedule] = await eventually(async () => {
    const found = await schedulesAt(at);
    return found.length > 0 ? found : undefined;
  });
  expect(schedule?.group).toContain('Timers');
};

const expectFired = (at: string): Promise<true> =>
  eventually(async () => ((await schedulesAt(at)).length === 0 ? true : undefined), BY_SCHEDULE);

describe.concurrent('planned traffic is announced and noted', () => {
  test('a real schedule reminds us an hour before, and all of it is proven', async () => {
    const { id, host, owner, reminded } = await planned('hour', 60);
    await note(host, 'hour');
    const { body: event } = await call('GET', `/v1/traffic-events/${id}`);
    expect(event.notices).toMatchObject([{ state: 'acknowledged', acknowledgedBy: 'Kim', answer: 'T-4711' }]);

    await expectArmed(reminded);
    await mailTo(owner, /^In an hour: Sale hour/, BY_SCHEDULE);
    await expectFired(reminded);

    const proof = await call('GET', `/v1/traffic-events/${id}/proof.html`);
    expect(proof.status).toBe(200);
    for (const said of ['Notified in time', host, 'Kim', 'T-4711']) expect(proof.text).toContain(said);
  });

  test('a real schedule writes to the provider a day before, once', async () => {
    const { host, owner, reminded } = await planned('day', 24 * 60);
    await note(host, 'day');
    await expectArmed(reminded);
    await mailTo(host, /^Tomorrow: planned traffic: Sale day/, BY_SCHEDULE);
    await mailTo(owner, /^Tomorrow: Sale day/);
    await expectFired(reminded);
    expect((await mailsTo(host)).filter(({ subject }) => subject.startsWith('Tomorrow'))).toHaveLength(1);
  });
});

test('a calendar reads what is planned', async () => {
  const { clientId, id } = await planned('calendar', 48 * 60);
  const { body } = await call('GET', `/v1/clients/${clientId}/calendar`);
  const feed = await call('GET', new URL(body.url).pathname, { headers: {} });
  expect([feed.status, feed.text.includes(`UID:${id}@`)]).toEqual([200, true]);
});

test('nothing was given up', async () => {
  expect(await deadLetters()).toEqual([]);
});
