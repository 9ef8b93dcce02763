import { beforeEach, describe, expect, test } from 'vitest';
import { testEngine } from '../support/engine.ts';
import { furnish, type Office, openOffice, type Shown } from '../support/office.ts';
import { type FilesInMemory, filesInMemory } from '../support/outside.ts';

const engine = testEngine();
let office: Office;
let furniture: Awaited<ReturnType<typeof furnish>>;
let files: FilesInMemory;
let review: string;

beforeEach(async () => {
  office = await openOffice(engine);
  files = filesInMemory(() => office.ports.clock.now());
  office.ports.files = files;
  furniture = await furnish(office);
  const { client, service, person } = furniture;
  await office.ask(`PATCH /v1/clients/${client.id}`, {
    body: { technicalLeadId: person.id, projectManagerId: person.id },
  });
  const incident = await office.make('incidents', {
    ...{ serviceId: service.id, title: 'Nobody can pay', severity: 'sev1' },
  });
  review = `/v1/reviews/${(await office.make('reviews', { incidentId: incident.id })).id}`;
});

type Upload = Awaited<ReturnType<FilesInMemory['uploadAddress']>>;
const text = { name: 'notes.txt', contentType: 'text/plain', size: 5 };
const hello = new Uint8Array(Buffer.from('hello'));

const add = async (resource: string, body: object): Promise<Shown & { upload?: Upload }> => {
  const reply = await office.ask<Shown>(`POST ${review}/${resource}`, { body });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  expect(reply.headers).toMatchObject({
    location: `${review}/${resource}/${reply.body.id}`,
    etag: `"${reply.body.version}"`,
  });
  return reply.body;
};

describe('sections', () => {
  test('are written and read, each with a version of its own', async () => {
    const body = { text: 'Nobody could pay.', by: furniture.person.id };
    const { status, body: written, headers } = await office.ask(`PUT ${review}/sections/lucky`, { body });
    expect(status).toBe(200);
    expect(written).toMatchObject({
      ...{ name: 'lucky', version: 1, text: 'Nobody could pay.' },
      writtenBy: { kind: 'person', id: furniture.person.id, name: 'Ada Example' },
    });
    expect(headers).toMatchObject({ etag: '"1"' });
    expect((await office.ask(`GET ${review}/sections/lucky`)).body).toEqual(written);
  });

  test('are not written over unread', async () => {
    await office.ask(`PUT ${review}/sections/lucky`, { body: { text: 'One', by: furniture.person.id } });
    const refused = await office.refused(`PUT ${review}/sections/lucky`, { body: { text: 'Two' } });
    expect(refused).toMatchObject({
      ...{
        status: 412,
        code: 'stale',
        detail: expect.stringContaining('Changed by Ada Example at 2026-01-05'),
      },
    });
    const read = { body: { text: 'Two' }, headers: { 'if-match': '"1"' } };
    expect((await office.ask(`PUT ${review}/sections/lucky`, read)).body).toMatchObject({ version: 2 });
  });

  test.each([
    ['that does not exist', 'rumours', { text: '' }, 'path.name'],
    ['with a choice that it does not have', 'fix', { text: '', choice: 'never' }, 'body.choice'],
    ['that is too long', 'fix', { text: 'x'.repeat(20_001) }, 'body.text'],
    ['by nobody', 'fix', { text: '', by: 'per_none' }, 'body.by'],
    ['with what is not known', 'fix', { text: '', colour: 'red' }, 'body.colour'],
  ])('one %s is refused', async (_which, name, body, path) => {
    const refused = await office.refused(`PUT ${review}/sections/${name}`, { body });
    expect(refused).toMatchObject({ status: 400, errors: [{ path }] });
  });

  test('that nobody has written are not there', async () => {
    const refused = await office.refused(`GET ${review}/sections/lucky`);
    expect(refused).toMatchObject({ status: 404, detail: expect.stringContaining('Where we were lucky') });
  });
});

describe('findings', () => {
  test('are added, changed and taken away, with the cause that they are', async () => {
    const first = await add('findings', { text: 'The pool was empty', answers: ['problem'] });
    const cause = { type: 'configuration' };
    const leaf = await add('findings', { text: 'No limit was set', answers: [first.id], cause });
    expect(leaf).toMatchObject({ technique: 'five-whys', evidenceIds: [] });
    const at = `${review}/findings/${leaf.id}`;
    expect((await office.ask(`GET ${at}`)).body).toEqual(leaf);
    const patch = { text: 'No limit was known', by: furniture.person.id };
    const changed = await office.ask(`PATCH ${at}`, { body: patch, headers: { 'if-match': '"1"' } });
    expect(changed.body).toMatchObject({ version: 2, text: patch.text, cause: leaf.cause });
    const id = (leaf.cause as { id: string }).id;
    expect(await office.ports.store.get({ kind: 'cause', id })).toMatchObject({
      ...{ version: 2, text: 'No limit was known', type: 'configuration' },
      ...{ clientId: furniture.client.id, serviceId: furniture.service.id },
    });
    expect((await office.refused(`DELETE ${review}/findings/${first.id}`)).status).toBe(409);
    expect((await office.ask(`DELETE ${at}?by=${furniture.person.id}`)).status).toBe(204);
    expect((await office.refused(`GET ${at}`)).status).toBe(404);
    expect((await office.refused(`DELETE ${at}`)).status).toBe(404);
  });

  test('that do not fit are refused, each fault with its path', async () => {
    const body = { text: '', answers: ['fnd_none'], colour: 'red' };
    const refused = await office.refused(`POST ${review}/findings`, { body });
    expect(refused.errors.map(({ path }) => path)).toEqual(['body.text', 'body.colour']);
    const patched = await add('findings', { text: 'A', answers: ['problem'] });
    const sent = { body: { answers: [patched.id], gate: 'and' } };
    const wrong = await office.refused(`PATCH ${review}/findings/${patched.id}`, sent);
    expect(wrong.errors.map(({ path }) => path)).toEqual(['body.answers[0]', 'body.gate']);
  });

  test('share a cause with another review of the same client, and with no other’s', async () => {
    const own = await add('findings', { text: 'No limit', answers: ['problem'], cause: { type: 'defect' } });
    const sameAs = (own.cause as { id: string }).id;
    const joined = await add('findings', { text: 'Again', answers: ['problem'], cause: { sameAs } });
    expect(joined.cause).toEqual({ id: sameAs, type: 'defect' });
    const cause = await office.ports.store.get({ kind: 'cause', id: sameAs });
    if (!cause) throw new Error('There is no cause.');
    await office.ports.store.commit([{ put: { ...cause, id: 'cau_other', clientId: 'cli_other' } }]);
    const body = { text: 'Again', answers: ['problem'], cause: { sameAs: 'cau_other' } };
    const refused = await office.refused(`POST ${review}/findings`, { body });
    expect(refused.errors).toEqual([
      { path: 'body.cause.sameAs', message: 'there is no cause cau_other of this client' },
    ]);
  });
});

describe('evidence', () => {
  test('a file is sent to its address, arrives, carries a finding, and is fetched', async () => {
    const { upload, ...added } = await add('evidence', { type: 'file', title: 'Notes', file: text });
    const at = `${review}/evidence/${added.id}`;
    expect(added.file).toEqual(text);
    expect((await office.refused(`POST ${at}/arrival`)).detail).toContain('has not been uploaded');
    expect((await office.refused(`GET ${at}/file`)).detail).toContain('has not been uploaded');
    const carried = { text: 'It was so', answers: ['problem'], evidenceIds: [added.id] };
    expect((await office.refused(`POST ${review}/findings`, { body: carried })).status).toBe(400);
    const again = await office.ask<{ upload: Upload }>(`GET ${at}`);
    expect(again.body.upload).toEqual(upload);
    files.send(again.body.upload, hello);
    const arrived = await office.ask(`POST ${at}/arrival`, { body: { by: furniture.person.id } });
    expect(arrived.body).toMatchObject({ version: 2, file: { ...text, arrivedAt: expect.any(String) } });
    expect(arrived.body).not.toHaveProperty('upload');
    expect((await office.ask(`POST ${at}/arrival`)).body).toEqual(arrived.body);
    expect((await office.ask(`GET ${at}`)).body).toEqual(arrived.body);
    await add('findings', carried);
    const { body } = await office.ask<{ url: string }>(`GET ${at}/file`);
    expect(body.url).toContain('name=notes.txt');
    expect(files.fetch(body.url)).toEqual(hello);
    expect(await office.refused(`DELETE ${at}`)).toMatchObject({ status: 409, code: 'in-use' });
  });

  test('another file than was said is none', async () => {
    const { id, upload } = await add('evidence', { type: 'file', title: 'Notes', file: text });
    files.send(upload as Upload, new Uint8Array([0, 1, 2, 3, 4]));
    const refused = await office.refused(`POST ${review}/evidence/${id}/arrival`);
    expect(refused).toMatchObject({ status: 409, detail: expect.stringContaining('its contents are not') });
    expect((await office.ask(`DELETE ${review}/evidence/${id}`)).status).toBe(204);
  });

  test('a link is there at once, and has no file', async () => {
    const { id } = await add('evidence', {
      type: 'link',
      title: 'Graph',
      url: 'https://graphs.example.com/',
    });
    expect((await office.refused(`GET ${review}/evidence/${id}/file`)).detail).toContain(
      'This evidence is a link',
    );
    await add('findings', { text: 'It was so', answers: ['problem'], evidenceIds: [id] });
  });

  test('the address is in no kept answer: whoever asks again is told where to get one', async () => {
    const sent = {
      body: { type: 'file', title: 'Notes', file: text },
      headers: { 'idempotency-key': 'once-and-only-once' },
    };
    const [one, two] = [
      await office.ask(`POST ${review}/evidence`, sent),
      await office.ask(`POST ${review}/evidence`, sent),
    ];
    const { upload, ...rest } = one.body;
    expect(upload).toBeDefined();
    expect(two.body).toEqual(rest);
    expect((await office.ask(`GET ${review}/evidence/${rest.id}`)).body.upload).toEqual(upload);
  });

  test('who may only read is given no address to send to', async () => {
    const { id } = await add('evidence', { type: 'file', title: 'Notes', file: text });
    const key = await office.keyFor('read', [furniture.client.id]);
    expect((await office.ask(`GET ${review}/evidence/${id}`, { key })).body).not.toHaveProperty('upload');
  });
});

test('another client’s review is not there, in the very words of one that is not', async () => {
  const { id: other } = await office.make('clients', { name: 'Other' });
  const key = await office.keyFor('write', [other]);
  const { id } = await add('findings', { text: 'It was so', answers: ['problem'] });
  const lines: [string, object?][] = [
    ['GET /sections/impact'],
    ['PUT /sections/impact', { text: '' }],
    ['POST /findings', { text: 'x', answers: ['problem'] }],
    [`GET /findings/${id}`],
    [`PATCH /findings/${id}`, {}],
    [`DELETE /findings/${id}`],
    ['POST /evidence', { type: 'link', title: 'x', url: 'https://example.com' }],
    ['GET /evidence/evd_1'],
    ['POST /evidence/evd_1/arrival', {}],
    ['GET /evidence/evd_1/file'],
    ['DELETE /evidence/evd_1'],
  ];
  for (const [line, body] of lines) {
    const [method = '', path = ''] = line.split(' ');
    const sent = { key, ...(body ? { body } : {}) };
    const theirs = await office.refused(`${method} ${review}${path}`, sent);
    const nobodys = await office.refused(`${method} /v1/reviews/rev_none${path}`, sent);
    expect({ line, ...theirs }).toEqual({ line, ...nobodys });
    expect(theirs.status).toBe(404);
  }
});
