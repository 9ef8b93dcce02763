import { expect, test } from 'vitest';
import { call, deadLetters } from './cloud.ts';
import { openDesk, post } from './desk.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(2000).fill(7)]);

interface Upload {
  url: string;
  headers: Record<string, string>;
}

/** The review of an incident that was opened by hand, of a client whose lead and manager are known. */
const openReview = async (name: string): Promise<string> => {
  const { clientId, alert } = await openDesk(name);
  const person = (who: string) => post('/v1/people', { name: who, email: `${who}.${name}@example.com` });
  const [lead, manager] = [await person('lead'), await person('manager')];
  const approvers = { technicalLeadId: lead.id, projectManagerId: manager.id };
  expect((await call('PATCH', `/v1/clients/${clientId}`, { body: approvers })).status).toBe(200);
  const incidentId = await alert('trigger', name);
  return `/v1/reviews/${(await post('/v1/reviews', { incidentId })).id}`;
};

const addPicture = (review: string, size = PNG.length) =>
  post(`${review}/evidence`, {
    ...{ type: 'metric', title: 'Connections in use' },
    file: { name: 'graph.png', contentType: 'image/png', size },
  });

const put = ({ url, headers }: Upload, body: Uint8Array<ArrayBuffer>) =>
  fetch(url, { method: 'PUT', headers: { ...headers, 'content-length': String(body.length) }, body });

test('a picture goes to S3 by its signed address, arrives, and comes back as it was', async () => {
  const review = await openReview('picture');
  const { id, upload } = await addPicture(review);
  expect((await call('POST', `${review}/evidence/${id}/arrival`, { body: {} })).status).toBe(409);
  const sent = await put(upload, PNG);
  expect(sent.status, await sent.text()).toBe(200);
  const arrived = await call('POST', `${review}/evidence/${id}/arrival`, { body: {} });
  expect([arrived.status, arrived.body.file?.arrivedAt]).toEqual([200, expect.any(String)]);

  expect((await put(upload, PNG)).status).toBe(412);
  const { body } = await call('GET', `${review}/evidence/${id}/file`);
  const fetched = await fetch(body.url);
  expect(new Uint8Array(await fetched.arrayBuffer())).toEqual(PNG);
  expect(fetched.headers.get('content-disposition')).toContain('attachment; filename="graph.png"');
  await post(`${review}/findings`, { text: 'The pool was empty', answers: ['problem'], evidenceIds: [id] });
});

test('a file of another size than was said is no evidence', async () => {
  const review = await openReview('size');
  const { id, upload } = await addPicture(review, PNG.length - 1);
  const sent = await put(upload, PNG);
  expect(sent.status).toBe(403);
  const arrived = await call('POST', `${review}/evidence/${id}/arrival`, { body: {} });
  expect(arrived.status, arrived.text).toBe(409);
});

test('nothing was given up', async () => {
  expect(await deadLetters()).toEqual([]);
});
