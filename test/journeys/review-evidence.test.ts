import { expect, test } from 'vitest';
import { apiOn } from '../support/api.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { OWNER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);

const scene = async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk);
  await reviews.resolvedIncident();
  reviews.expectTold(OWNER, /A review is due/);
  const api = await apiOn(desk.ports);
  const at = `/v1/reviews/${(await reviews.review()).id}`;
  const ask = async (line: string, body?: object) => {
    const [method, path] = line.split(' ');
    const reply = await api.ask(`${method} ${at}${path}`, body);
    await desk.reconcile();
    return reply;
  };
  const add = async (body: object) => {
    const reply = await ask('POST /evidence', body);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    return reply.body;
  };
  const graph = { type: 'metric', title: 'Connections in use', by: reviews.id('bo') };
  const picture = { ...graph, file: { name: 'graph.png', contentType: 'image/png', size: PNG.length } };
  return { desk, reviews, ask, add, picture };
};

test('a picture of a metric: sent, looked at, carrying a finding, and there for whoever reads', async () => {
  const { desk, reviews, ask, add, picture } = await scene();
  const { id, upload, addedBy, addedAt } = await add(picture);
  expect({ addedBy, addedAt }).toEqual({
    addedBy: { kind: 'person', id: reviews.id('bo'), name: 'Bo' },
    addedAt: desk.ports.clock.now(),
  });
  expect(upload.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '12' });
  const carried = { text: 'The pool was empty', answers: ['problem'], evidenceIds: [id] };
  const early = await ask('POST /findings', carried);
  expect(early.body.errors).toEqual([
    { path: 'body.evidenceIds[0]', message: 'its file has not been uploaded yet' },
  ]);

  await desk.pass('PT20M');
  const { upload: later } = (await ask(`GET /evidence/${id}`)).body;
  expect(later.expiresAt > upload.expiresAt).toBe(true);
  desk.files.send(later, PNG);
  expect((await ask(`POST /evidence/${id}/arrival`)).body.file.arrivedAt).toBe(desk.ports.clock.now());
  expect((await ask('POST /findings', carried)).status).toBe(201);

  const { body: download } = await ask(`GET /evidence/${id}/file`);
  expect(desk.files.fetch(download.url)).toEqual(PNG);
  expect((await ask(`DELETE /evidence/${id}`)).body).toMatchObject({
    ...{ code: 'in-use', detail: expect.stringContaining('“The pool was empty”') },
  });
  const { revision } = await reviews.review();
  expect((await ask(`POST /evidence/${id}/arrival`)).status).toBe(200);
  expect((await reviews.review()).revision).toBe(revision);
});

test.each([
  ['a script that calls itself a picture', Buffer.from('<script></b>'), 'image/png', 'its contents are not'],
  ['a file that was cut short', PNG.slice(0, 9), 'image/png', '9 bytes instead of 12'],
  ['another type', PNG, 'text/html', 'its type is text/html'],
])('%s is no evidence', async (_what, bytes, contentType, reason) => {
  const { desk, ask, add, picture } = await scene();
  const { id, upload } = await add(picture);
  desk.files.send(upload, new Uint8Array(bytes), contentType);
  const refused = await ask(`POST /evidence/${id}/arrival`);
  expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining(reason) } });
  expect((await ask(`GET /evidence/${id}/file`)).status).toBe(409);
  expect((await ask(`GET /evidence/${id}`)).body.file).not.toHaveProperty('arrivedAt');
  expect((await ask(`DELETE /evidence/${id}`)).status).toBe(204);
  expect((await ask(`GET /evidence/${id}`)).status).toBe(404);
});

test('links and log groups are evidence at once; what is not allowed is refused with what is', async () => {
  const { reviews, ask, add } = await scene();
  await add({ type: 'link', title: 'Dashboard', url: 'https://graphs.example.com/d/shop' });
  await add({
    ...{ type: 'log-group', title: 'Errors of the shop' },
    logGroup: { name: '/aws/lambda/shop', region: 'eu-west-1', query: 'filter @message like /pool/' },
  });
  const big = { name: 'dump.zip', contentType: 'application/zip', size: 26 * 1024 * 1024 };
  const refused = await ask('POST /evidence', { type: 'file', title: 'Dump', file: big });
  expect(refused.body.errors).toEqual([
    { path: 'body.file.size', message: expect.stringContaining('at most 25 MB') },
  ]);
  const edits = (await reviews.history()).filter(({ what }) => what === 'edited');
  // In the order of their revisions: two lines of one millisecond have none of their own.
  const told = edits.map(({ text }) => text).toSorted();
  expect(told).toEqual([
    expect.stringContaining('evidence was added: “Dashboard”.'),
    expect.stringContaining('evidence was added: “Errors of the shop”.'),
  ]);
});
