import { describe, expect, test } from 'vitest';
import { call, deadLetters, eventually, type Mail, mailsTo } from './cloud.ts';
import { post } from './desk.ts';
import { schedulesAt } from './schedules.ts';

/** Schedules are looked at every 10 seconds. */
const BY_SCHEDULE = 150;
const PATIENCE = 400_000;
const SECOND = 1000;

/** A whole second that is so many seconds ahead. */
const ahead = (seconds: number): string =>
  new Date(Math.ceil(Date.now() / SECOND) * SECOND + seconds * SECOND).toISOString();

const later = (at: string, seconds: number): string =>
  new Date(Date.parse(at) + seconds * SECOND).toISOString();

const mailTo = (address: string, subject: RegExp, seconds?: number): Promise<Mail> =>
  eventually(async () => (await mailsTo(address)).find((mail) => subject.test(mail.subject)), seconds);

const countOf = async (address: string, subject: RegExp): Promise<number> =>
  (await mailsTo(address)).filter((mail) => subject.test(mail.subject)).length;

/** A client whose action items are followed up within seconds, and the three people who hear of them. */
const client = async (name: string) => {
  const person = async (role: string) => {
    const email = `${role}.${name}@example.com`;
    const contactMethods = [{ id: 'mail', channel: 'email', address: email, verified: true }];
    const { id } = await post('/v1/people', { name: `The ${role}`, email, contactMethods });
    return { id, email };
  };
  const [owner, lead, manager] = [await person('owner'), await person('lead'), await person('manager')];
  const { id: clientId } = await post('/v1/clients', {
    ...{ name: `Client ${name}`, technicalLeadId: lead.id, projectManagerId: manager.id },
    followUp: { remindBefore: 'PT30S', leadAfter: 'PT60S', managerAfter: 'PT90S', remindEvery: 'PT1H' },
  });
  const make = (dueAt: string, lookAgainAt: string) =>
    post('/v1/action-items', {
      ...{ clientId, title: `Fix ${name}`, type: 'long-term-fix', ownerId: owner.id, dueAt },
      verification: { type: 'statement', statement: 'It is fast', lookAgainAt },
    });
  return { owner, lead, manager, make };
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

describe.concurrent('action items are followed up by real schedules', () => {
  test('reminded before, overdue, then the lead, then the manager', { timeout: PATIENCE }, async () => {
    const { owner, lead, manager, make } = await client('climb');
    const dueAt = ahead(90);
    const steps = [-30, 0, 60, 90].map((seconds) => later(dueAt, seconds));
    const { id } = await make(dueAt, later(dueAt, 3600));
    for (const at of steps) await expectArmed(at);
    const [reminded = '', due = '', climbed = '', last = ''] = steps;

    const given = await mailTo(owner.email, /^Assigned to you: Fix climb/);
    expect(given.text).toContain(`/n/${id}/${owner.id}/`);
    await mailTo(owner.email, /^Due soon: Fix climb/, BY_SCHEDULE);
    await expectFired(reminded);
    await mailTo(owner.email, /^Overdue: Fix climb/, BY_SCHEDULE);
    await expectFired(due);
    expect([await countOf(lead.email, /./), await countOf(manager.email, /./)]).toEqual([0, 0]);
    await mailTo(lead.email, /^Overdue: Fix climb/, BY_SCHEDULE);
    await expectFired(climbed);
    await mailTo(manager.email, /^Overdue: Fix climb/, BY_SCHEDULE);
    await expectFired(last);

    await eventually(async () => ((await countOf(owner.email, /^Overdue/)) === 3 ? true : undefined));
    await eventually(async () => ((await countOf(lead.email, /^Overdue/)) === 2 ? true : undefined));
    const { body } = await call('GET', `/v1/action-items?ownerId=${owner.id}&overdue=true`);
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([id]);
  });

  test('done, and asked by a schedule whether it holds: open again, and proven in the end', {
    timeout: PATIENCE,
  }, async () => {
    const { owner, lead, make } = await client('proof');
    const look = ahead(30);
    const { id } = await make(ahead(3600), look);
    const path = `/v1/action-items/${id}`;
    const say = (move: string, body: object) => call('POST', `${path}/${move}`, { body });
    expect((await say('completion', { by: owner.id })).body.status).toBe('done');
    await expectArmed(look);
    await mailTo(lead.email, /^Please verify: Fix proof/, BY_SCHEDULE);
    await expectFired(look);

    expect((await say('verification', { by: owner.id, holds: true })).status).toBe(409);
    const failed = await say('verification', { by: lead.id, holds: false, note: 'Slow on Monday.' });
    expect(failed.body).toMatchObject({ status: 'open', reopenings: 1 });
    expect((await mailTo(owner.email, /^Open again/)).text).toContain('Slow on Monday.');
    await say('completion', { by: owner.id });
    const proven = await say('verification', { by: lead.id, holds: true });
    expect(proven.body.status).toBe('proven');
  });
});

test('nothing was given up', async () => {
  expect(await deadLetters()).toEqual([]);
});
