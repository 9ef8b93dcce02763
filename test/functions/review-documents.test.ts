import { beforeAll, describe, expect, test } from 'vitest';
import { handler } from '../../functions/preventive-api/index.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { pageHeaders } from '../../shared/pages/layout.ts';
import { testEngine } from '../support/engine.ts';
import { furnish, type Office, openOffice } from '../support/office.ts';
import { finding, review, section } from '../support/reviewed.ts';

const engine = testEngine();
let office: Office;
let clientId: string;
let readerKey: string;
let strangerKey: string;

beforeAll(async () => {
  office = await openOffice(engine);
  const { client, person } = await furnish(office);
  clientId = client.id;
  readerKey = await office.keyFor('read', [clientId]);
  strangerKey = await office.keyFor('write', [(await office.make('clients', { name: 'Another' })).id]);
  const own = { clientId, technicalLeadId: person.id, projectManagerId: person.id, ownerId: person.id };
  const written = [
    section('summary', 'Ours alone: the pool.'),
    section('client-summary', 'You could not sell.'),
    finding('fnd_1', ['problem'], { text: 'The pool was full.' }),
  ];
  await office.ports.store.commit([
    { put: review(own) },
    { put: { ...review({ ...own, id: 'rev_2' }) } },
    ...written.map((put) => ({ put: { ...put, clientId } })),
  ]);
});

const get = (path: string, key = readerKey) => {
  usePorts(office.ports);
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const headers = { authorization: `Bearer ${key}` };
  return handler({ rawPath, rawQueryString, headers, requestContext: { http: { method: 'GET' } } });
};

describe('a document', () => {
  test('is Markdown for us, with all that there is', async () => {
    const { statusCode, headers, body } = await get('/v1/reviews/rev_1/document.md');
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/markdown; charset=utf-8',
      ...{ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    });
    for (const words of ['# Review: Checkout is down', 'Ours alone', 'Why? Because the pool was full.'])
      expect(body).toContain(words);
  });

  test.each(['md', 'html'])('is what the client would read, and nothing of ours, as %s', async (type) => {
    const { statusCode, body } = await get(`/v1/reviews/rev_1/document.${type}?for=client`);
    expect(statusCode).toBe(200);
    expect(body).toContain('You could not sell.');
    const shown = body.slice(body.indexOf('<body>'));
    expect(shown).not.toMatch(/Ours alone|pool|Checkout|inc_1/);
  });

  test('says so where nothing is written for the client yet', async () => {
    expect((await get('/v1/reviews/rev_2/document.md?for=client')).body).toContain(
      'Nothing has been written',
    );
  });

  test('is a page that loads nothing', async () => {
    const { statusCode, headers, body } = await get('/v1/reviews/rev_1/document.html');
    expect([statusCode, headers]).toEqual([200, expect.objectContaining(pageHeaders())]);
    expect(body).toContain('<ol class="tree">');
    expect(body).not.toMatch(/<script|<link|<img/);
  });

  test.each(['md', 'html'])(
    'as %s is not there for another client, nor for an unknown reader',
    async (type) => {
      const other = await get(`/v1/reviews/rev_1/document.${type}`, strangerKey);
      const none = await get(`/v1/reviews/rev_9/document.${type}`, strangerKey);
      expect([other.statusCode, other.body]).toEqual([404, none.body]);
      expect((await get(`/v1/reviews/rev_1/document.${type}?for=everybody`)).statusCode).toBe(400);
    },
  );
});

describe('the template of a client', () => {
  const path = () => `/v1/clients/${clientId}/review-template`;
  const client = '# For {{client}}\n\n{{client-summary}}\n\nKind regards';

  test('is the built-in one at first, with what there is to fill in', async () => {
    const { status, body } = await office.ask(`GET ${path()}`, { key: readerKey });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      clientId,
      builtIn: {
        internal: expect.stringContaining('{{findings}}'),
        client: expect.stringContaining('{{facts}}'),
      },
      placeholders: { client: expect.arrayContaining(['client-cause', 'duration']) },
    });
    expect(body).not.toHaveProperty('version');
  });

  test('is kept, used, changed by whoever saw it last, and given up', async () => {
    const made = await office.ask(`PUT ${path()}`, { body: { client } });
    expect(made).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { version: 1, client } });
    expect((await get('/v1/reviews/rev_1/document.md?for=client')).body).toBe(
      '# For Harbour Books\n\nYou could not sell.\n\nKind regards\n',
    );
    const stale = { body: { internal: '{{summary}}' }, headers: { 'if-match': '"7"' } };
    expect(await office.refused(`PUT ${path()}`, stale)).toMatchObject({ status: 412, code: 'stale' });
    const changed = await office.ask(`PUT ${path()}`, { ...stale, headers: { 'if-match': '"1"' } });
    expect(changed.body).toMatchObject({ version: 2, internal: '{{summary}}' });
    expect(changed.body).not.toHaveProperty('client');
    expect((await get('/v1/reviews/rev_1/document.md')).body).toBe('Ours alone: the pool.\n');
    const gone = { headers: { 'if-match': '"2"' } };
    expect((await office.ask(`DELETE ${path()}`, gone)).status).toBe(204);
    expect((await office.refused(`DELETE ${path()}`)).status).toBe(404);
    expect((await get('/v1/reviews/rev_1/document.md')).body).toContain('# Review: Checkout is down');
  });

  test.each([
    [{}, 'body', 'needs `internal` or `client`'],
    [{ client: '{{people}}' }, 'body.client', '{{people}} is not for the client'],
    [{ client: '{{clientsummary}}' }, 'body.client', 'There is {{title}}'],
    [{ internal: '{{sumary}}' }, 'body.internal', '{{sumary}} is not known'],
    [{ internal: 'x'.repeat(20_001) }, 'body.internal', '20000'],
    [{ html: '<b>' }, 'body.html', 'not a known field'],
  ])('%o is refused', async (body, at, words) => {
    const { status, errors } = await office.refused(`PUT ${path()}`, { body });
    expect(status).toBe(400);
    expect(errors).toContainEqual({ path: at, message: expect.stringContaining(words) });
  });

  test('is for those alone who may change the client', async () => {
    expect((await office.refused(`PUT ${path()}`, { key: readerKey, body: { client } })).status).toBe(403);
    const [other, none] = [path(), '/v1/clients/cli_gone/review-template'];
    for (const line of [other, none])
      expect(await office.refused(`GET ${line}`, { key: strangerKey })).toMatchObject({
        ...{ status: 404, detail: 'This client does not exist.' },
      });
  });
});
