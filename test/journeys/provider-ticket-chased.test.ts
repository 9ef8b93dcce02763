import { expect, test } from 'vitest';
import { handler as answerNotice } from '../../functions/answer-notice.ts';
import { handler as answerPage } from '../../functions/answer-page.ts';
import { noticeReturned } from '../../shared/workflow/paging/deliver-notice.ts';
import { answerLink } from '../../shared/workflow/paging/links.ts';
import { apiOn } from '../support/api.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { hosting } from '../support/hosting.ts';

const open = deskOn(testEngine());
const SUPPORT = 'support@hosting.example.com';

const scene = async () => {
  const desk = await open();
  const api = await apiOn(desk.ports);
  const { body: provider } = await api.ask('POST /v1/providers', hosting);
  const { client, service, people } = desk.cast;
  await api.ask(`PATCH /v1/services/${service.id}`, { providerId: provider.id });
  const body = {
    ...{ clientId: client.id, providerId: provider.id, askedBy: people.ada.id },
    ...{ subject: 'The shop is slow', text: 'Since noon, all pages.', priority: 'Urgent', way: 'email' },
  };
  const ask = async (more: object = {}) => {
    const reply = await api.ask('POST /v1/provider-tickets', { ...body, ...more });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    await desk.reconcile();
    return reply.body;
  };
  const move = async (line: string, sent: object = {}) => {
    const reply = await api.ask(line, sent);
    await desk.reconcile();
    return reply;
  };
  return { desk, api, provider, body, ask, move };
};

const linkIn = (text: string): string => /https:\/\/pages\.example\.com(\/n\/\S+)/.exec(text)?.[1] ?? '';

const tap = (rawPath: string, form: string) =>
  answerNotice({
    ...{ rawPath, rawQueryString: '', requestContext: { http: { method: 'POST' } } },
    ...{ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form },
  });

test('nobody there answers: each level in turn is written to, and whoever asked hears whom to call', async () => {
  const { desk, api, ask } = await scene();
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  desk.expectPaged('ada', 'email');
  await desk.does('ada', 'acknowledge');
  const ticket = await ask({ incidentId: (await desk.incident()).id });
  expect(ticket).toMatchObject({ status: 'asked', level: 0, contact: { id: 'support' }, chases: 0 });
  const first = desk.expectPaged(SUPPORT);
  expect(first.subject).toBe('[Urgent] The shop is slow');
  expect(first.text).toMatch(
    /A-1234[\s\S]*Since noon, all pages\.[\s\S]*https:\/\/pages\.example\.com\/n\/tkt_/,
  );
  await desk.pass('PT59M');
  desk.expectNobodyPaged();
  await desk.pass('PT1M');
  expect(desk.expectPaged('lead@hosting.example.com').subject).toContain('No answer yet');
  const told = desk.expectPaged('ada', 'email');
  expect(told.text).toMatch(/Now call Team lead[\s\S]*\+15550100901[\s\S]*The site id: harbour-1/);
  await desk.pass('PT1H');
  desk.expectPaged('mia@hosting.example.com');
  expect(desk.expectPaged('ada', 'email').text).toContain('Mia Manager');
  await desk.pass('PT1H');
  const last = desk.expectPaged('mia@hosting.example.com');
  desk.expectPaged('ada', 'email');
  await desk.pass('PT1M');
  expect((await tap(linkIn(last.text), 'name=Mia&answer=HST-77')).statusCode).toBe(200);
  await desk.pass('P2D');
  desk.expectNobodyPaged();
  const shown = await api.ask(`GET /v1/provider-tickets/${ticket.id}`);
  expect(shown.body).toMatchObject({ status: 'answered', reference: 'HST-77', level: 3, chases: 3 });
  const lines = (await desk.timeline()).filter(({ refersTo }) => refersTo?.ticketId === ticket.id);
  expect(lines.map(({ reason }) => reason)).toEqual([
    'asked',
    ...Array(3).fill('no-answer-in-time'),
    'answered',
  ]);
  const { body: notices } = await api.ask(`GET /v1/provider-tickets/${ticket.id}/notices`);
  expect(
    notices.items.filter((notice: { acknowledgedBy?: string }) => notice.acknowledgedBy === 'Mia'),
  ).toHaveLength(2);
});

test('ten times at most, and the last one says so', async () => {
  const { desk, ask } = await scene();
  await ask({ priority: 'Normal', way: 'phone' });
  let last = '';
  for (let chase = 1; chase <= 10; chase += 1) {
    await desk.pass('P1D');
    last = desk.expectPaged('ada', 'email').text;
    desk.expectPaged(chase === 1 ? 'lead@hosting.example.com' : 'mia@hosting.example.com');
  }
  expect(last).toContain('the last reminder');
  await desk.pass('P30D');
  desk.expectNobodyPaged();
});

test('asked by phone, the answer says whom to call, and nothing is written', async () => {
  const { desk, ask, move } = await scene();
  const ticket = await ask({ way: 'phone' });
  expect(ticket).toMatchObject({
    contact: { name: 'Hotline', address: '+15550100900' },
    accountNumber: 'A-1234',
    haveAtHand: ['The site id: harbour-1'],
  });
  desk.expectNobodyPaged();
  const answered = { by: desk.cast.people.ada.id, reference: 'HST-1', note: 'They look into it.' };
  expect((await move(`POST /v1/provider-tickets/${ticket.id}/answer`, answered)).body.status).toBe(
    'answered',
  );
  await desk.pass('P1D');
  const chase = await move(`POST /v1/provider-tickets/${ticket.id}/chase`);
  expect(chase).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
  expect((await move(`POST /v1/provider-tickets/${ticket.id}/closure`)).body.status).toBe('closed');
  expect((await move(`POST /v1/provider-tickets/${ticket.id}/answer`)).status).toBe(409);
});

test('chased by hand: the next level has it, and the time begins anew', async () => {
  const { desk, ask, move } = await scene();
  const ticket = await ask({ way: 'phone' });
  await desk.pass('PT30M');
  const { body } = await move(`POST /v1/provider-tickets/${ticket.id}/chase`, { note: 'It gets worse.' });
  expect(body).toMatchObject({ level: 1, chases: 1, contact: { id: 'lead' } });
  desk.expectPaged('lead@hosting.example.com');
  desk.expectPaged('ada', 'email');
  await desk.pass('PT59M');
  desk.expectNobodyPaged();
  await desk.pass('PT1M');
  desk.expectPaged('mia@hosting.example.com');
  desk.expectPaged('ada', 'email');
});

test('a mail that comes back: whoever asked is told at once to use another way, once', async () => {
  const { desk, api, ask } = await scene();
  const ticket = await ask();
  desk.expectPaged(SUPPORT);
  const { body } = await api.ask(`GET /v1/provider-tickets/${ticket.id}/notices`);
  const which = { subjectId: ticket.id, noticeId: body.items[0].id };
  expect(await noticeReturned(desk.ports, which, 'The mail bounced')).toBe('given-up');
  expect(await noticeReturned(desk.ports, which, 'The mail bounced')).toBe('known-already');
  await desk.reconcile();
  const told = desk.expectPaged('ada', 'email');
  expect(told.text).toMatch(/did not arrive \(The mail bounced\)[\s\S]*\+15550100900/);
});

test.each([
  [{ priority: 'P1' }, 'body.priority', 'Urgent, Normal'],
  [{ way: 'chat' }, 'body.way', 'email, phone'],
  [{ contactId: 'nobody' }, 'body.contactId', 'support, hotline'],
  [{ contactId: 'hotline' }, 'body.contactId', 'by phone, not by email'],
  [{ askedBy: 'per_none' }, 'body.askedBy', 'must name an existing person'],
  [{ clientId: 'cli_none' }, 'body.clientId', 'must name an existing client'],
  [{ providerId: 'prv_none' }, 'body.providerId', 'must name an existing provider'],
  [{ incidentId: 'inc_none' }, 'body.incidentId', 'must name an existing incident'],
])('%j is refused, and says what is known', async (wrong, path, message) => {
  const { api, body } = await scene();
  const reply = await api.ask('POST /v1/provider-tickets', { ...body, ...wrong });
  expect(reply.status).toBe(400);
  expect(reply.body.errors).toEqual([{ path, message: expect.stringContaining(message) }]);
});

test('another client’s key sees no ticket, and asks no provider that hosts nothing for it', async () => {
  const { desk, api, body, ask } = await scene();
  const ticket = await ask({ way: 'phone' });
  const { body: other } = await api.ask('POST /v1/clients', { name: 'Other' });
  const key = await api.keyFor('write', other.id);
  expect((await api.ask(`GET /v1/provider-tickets/${ticket.id}`, undefined, key)).status).toBe(404);
  expect((await api.ask('GET /v1/provider-tickets', undefined, key)).body.items).toEqual([]);
  const asked = await api.ask('POST /v1/provider-tickets', { ...body, clientId: other.id }, key);
  expect(asked.body.errors.map(({ path }: { path: string }) => path)).toEqual(['body.providerId']);
  expect((await api.ask(`GET /v1/providers/${body.providerId}`, undefined, key)).status).toBe(404);
  const own = await api.keyFor('read', desk.cast.client.id);
  expect((await api.ask(`GET /v1/providers/${body.providerId}`, undefined, own)).status).toBe(200);
  expect((await api.ask('GET /v1/provider-tickets', undefined, own)).body.items).toHaveLength(1);
});

test('at 3 am the incident’s page leads to how its provider is reached', async () => {
  const { desk } = await scene();
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  desk.expectPaged('ada', 'email');
  const link = await answerLink(desk.ports, {
    incidentId: (await desk.incident()).id,
    personId: desk.cast.people.ada.id,
  });
  const path = new URL(link).pathname;
  const get = (rawPath: string, method = 'GET') =>
    answerPage({ rawPath, rawQueryString: '', headers: {}, requestContext: { http: { method } } });
  const page = await get(path);
  expect(page).toMatchObject({
    statusCode: 200,
    body: expect.stringContaining('Hosting provider: Example Hosting'),
  });
  const sheet = await get(`${path}/provider`);
  expect(sheet).toMatchObject({ statusCode: 200, body: expect.stringContaining('href="tel:+15550100900"') });
  expect(await get(`${path.slice(0, -1)}x/provider`)).toMatchObject({ statusCode: 404 });
  expect(await get(`${path}/provider`, 'POST')).toMatchObject({ statusCode: 405 });
});
