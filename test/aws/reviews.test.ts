import { describe, expect, test } from 'vitest';
import { call, deadLetters, eventually, type Mail, mailsTo } from './cloud.ts';
import { post } from './desk.ts';
import { schedulesAt } from './schedules.ts';

/** Schedules are looked at every 10 seconds. */
const BY_SCHEDULE = 150;
const PATIENCE = 500_000;
const browser = { 'content-type': 'application/x-www-form-urlencoded' };

const WRITTEN = {
  summary: { text: 'The pool of connections was **full**.' },
  impact: { text: 'Nobody could pay.' },
  analysis: { text: 'A deploy doubled the workers.' },
  fix: { text: 'The pool was capped.', choice: 'long-term' },
  'one-person': { text: '', choice: 'yes' },
  'client-summary': { text: 'For a while **no orders** could be placed.' },
  'client-cause': { text: 'A change used up more than there was.' },
};

const countOf = async (address: string, subject: RegExp): Promise<number> =>
  (await mailsTo(address)).filter((mail) => subject.test(mail.subject)).length;

/** The mail about something; the `nth` of them, counted from 1. */
const mailTo = (address: string, subject: RegExp, { nth = 1, seconds = BY_SCHEDULE } = {}): Promise<Mail> =>
  eventually(
    async () => (await mailsTo(address)).filter((mail) => subject.test(mail.subject))[nth - 1],
    seconds,
  );

const linkIn = ({ text }: Mail): string => /https?:\/\/[^/\s]+(\/n\/\S+)/.exec(text)?.[1] ?? 'no link';

const shown = async (path: string) => (await call('GET', path)).body;

const changed = async (method: string, path: string, body: object = {}) => {
  const reply = await call(method, path, { body });
  expect(reply.status, `${path}: ${reply.text}`).toBe(200);
  return reply.body;
};

/** A client whose reviews are due within a minute, and an incident of it that its owner has just resolved. */
const resolved = async (name: string) => {
  const person = async (role: string) => {
    const email = `${role}.${name}@example.com`;
    const contactMethods = [{ id: 'mail', channel: 'email', address: email, verified: true }];
    const { id } = await post('/v1/people', { name: `The ${role}`, email, contactMethods });
    return { id, email };
  };
  const [owner, lead, manager] = [await person('owner'), await person('lead'), await person('manager')];
  const reader = `reader.${name}@client.example.com`;
  const { id: clientId } = await post('/v1/clients', {
    ...{ name: `Client ${name}`, technicalLeadId: lead.id, projectManagerId: manager.id },
    reviewRule: {
      ...{ dueIn: 'PT60S', remindEvery: 'PT60S' },
      publishTo: [{ id: 'reader', name: 'Rita Reader', email: reader }],
    },
  });
  const steps = [{ delay: 'PT5M', targets: [{ type: 'person', id: owner.id }] }];
  const { id: escalationPolicyId } = await post('/v1/escalation-policies', { name, steps });
  const service = await post('/v1/services', { clientId, name: `Shop ${name}`, escalationPolicyId });
  const title = `Checkout ${name} is down`;
  const incident = await post('/v1/incidents', { serviceId: service.id, title, severity: 'sev1' });
  const path = `/v1/incidents/${incident.id}`;
  await changed('POST', `${path}/acknowledgement`, { by: owner.id });
  await changed('POST', `${path}/resolution`, { by: owner.id });
  const { text } = await mailTo(owner.email, /review is due/i, { seconds: 30 });
  const review = await eventually(async () => {
    const { items } = await shown(`/v1/reviews?clientId=${clientId}`);
    return items[0];
  });
  expect(text).toContain(`/n/${review.id}/${owner.id}/`);
  return { owner, lead, manager, reader, review, incident };
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

/** The second at which a schedule for this instant fires: never before it. */
const secondOf = (at: number): string => new Date(Math.ceil(at / 1000) * 1000).toISOString();

/** When it is reminded of at half time, and when it is due. */
const stepsOf = ({ createdAt, dueAt }: { createdAt: string; dueAt: string }) => {
  const [from, until] = [Date.parse(createdAt), Date.parse(dueAt)];
  return { half: secondOf(from + Math.floor((until - from) / 2)), due: secondOf(until) };
};

/** Opens the link, and taps the button below what was read. Gives the page that follows. */
const approve = async (mail: Mail): Promise<string> => {
  const page = await call('GET', linkIn(mail), { headers: browser });
  const revision = /name="revision" value="(\d+)"/.exec(page.text)?.[1] ?? 'no revision';
  expect([page.status, page.text.includes(`Approve revision ${revision}`)]).toEqual([200, true]);
  const body = `action=approve&revision=${revision}`;
  const said = await call('POST', linkIn(mail), { body, headers: browser });
  expect(said.status, said.text).toBe(200);
  return said.text;
};

describe.concurrent('a review goes its way by real schedules', () => {
  test('not written: half-way, when due, then the lead hears, then the manager', {
    timeout: PATIENCE,
  }, async () => {
    const { owner, lead, manager, review } = await resolved('late');
    const { half, due } = stepsOf(review);
    await expectArmed(half);
    await mailTo(owner.email, /^To be written: review of #\d+ Checkout late/);
    await expectFired(half);
    await expectArmed(due);
    await mailTo(owner.email, /^To be written/, { nth: 2 });
    await expectFired(due);
    expect([await countOf(lead.email, /./), await countOf(manager.email, /./)]).toEqual([0, 0]);

    await mailTo(lead.email, /^Overdue: review of #\d+ Checkout late/);
    expect(await countOf(manager.email, /./)).toBe(0);
    await mailTo(manager.email, /^Overdue: review of #\d+ Checkout late/);
    await mailTo(lead.email, /^Overdue/, { nth: 2, seconds: 30 });
    await mailTo(owner.email, /^Overdue/, { nth: 2, seconds: 30 });
    const told = await shown(`/v1/reviews/${review.id}/notices?limit=100`);
    expect(new Set(told.items.map(({ state }: { state: string }) => state))).toEqual(
      new Set(['handed-over']),
    );
  });

  test('written: both are reminded, approve from their mails, and the client reads its version', {
    timeout: PATIENCE,
  }, async () => {
    const { owner, lead, manager, reader, review, incident } = await resolved('written');
    const path = `/v1/reviews/${review.id}`;
    await changed('PATCH', path, { technique: 'free-text', by: owner.id });
    for (const [name, section] of Object.entries(WRITTEN))
      await changed('PUT', `${path}/sections/${name}`, { ...section, by: owner.id });
    await changed('POST', `${path}/submission`, { by: owner.id });
    for (const { email } of [lead, manager]) await mailTo(email, /^Please approve/, { nth: 2 });

    const byLead = await mailTo(lead.email, /^Please approve/);
    expect(await approve(byLead)).toContain('You have approved this review');
    expect((await call('GET', linkIn(byLead), { headers: browser })).text).not.toContain('<button');
    await approve(await mailTo(manager.email, /^Please approve/));
    expect((await shown(path)).status).toBe('approved');
    await mailTo(manager.email, /^Approved: ready to publish/, { seconds: 30 });

    await changed('POST', `${path}/publication`, { by: manager.id });
    const given = await mailTo(reader, /^What happened to Shop written$/, { seconds: 30 });
    const page = await call('GET', linkIn(given), { headers: browser });
    expect(page.status).toBe(200);
    expect(page.text).toContain('<strong>no orders</strong>');
    const read = page.text.slice(page.text.indexOf('<body>'));
    for (const internal of [incident.id, review.id, 'Checkout', 'pool', 'The owner', 'revision', '<form'])
      expect(read, internal).not.toContain(internal);
    const body = 'action=approve&revision=1';
    expect((await call('POST', linkIn(given), { body, headers: browser })).status).toBe(409);
    expect((await shown(path)).publications).toBe(1);
  });
});

test('nothing was given up', async () => {
  expect(await deadLetters()).toEqual([]);
});
