import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../functions/proactive-api/index.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { pageHeaders } from '../../shared/pages/layout.ts';
import { testEngine } from '../support/engine.ts';
import { ADMIN_KEY, furnish, type Office, openOffice } from '../support/office.ts';

const engine = testEngine();
let office: Office;
let clientId: string;
let eventId: string;
let readerKey: string;
let strangerKey: string;

beforeAll(async () => {
  office = await openOffice(engine);
  const { person, policy, client } = await furnish(office);
  const host = await office.make('providers', {
    name: 'Example Hosting',
    contacts: [{ id: 'desk', name: 'Support desk', way: 'email', address: 'support@example.com' }],
    noticeFields: ['expectedPeak'],
  });
  const shop = await office.make('services', {
    ...{ clientId: client.id, name: 'Hosted shop', escalationPolicyId: policy.id, providerId: host.id },
  });
  const event = await office.make('traffic-events', {
    ...{
      clientId: client.id,
      name: 'Late sale',
      type: 'sale',
      serviceIds: [shop.id],
      timeZone: 'Asia/Tokyo',
    },
    // Two days ahead, where seven are asked for: we tell each other so, too.
    ...{ startsAt: '2026-01-07T18:00', endsAt: '2026-01-07T20:00' },
    ...{ expectedPeak: { requestsPerSecond: 900 }, notes: 'Between us.' },
    ...{ ownerId: person.id, managerId: person.id },
  });
  clientId = client.id;
  eventId = event.id;
  readerKey = await office.keyFor('read', [clientId]);
  strangerKey = await office.keyFor('read', [(await office.make('clients', { name: 'Another' })).id]);
  const linkKeys = async () => [{ version: 1, secret: 'a secret of the tests' }];
  usePorts({ ...office.ports, secrets: { ...office.ports.secrets, linkKeys } });
});

const get = (rawPath: string, key: string) =>
  handler({
    ...{ rawPath, headers: { authorization: `Bearer ${key}` } },
    requestContext: { http: { method: 'GET' } },
  });
const proof = (key: string) => get(`/v1/traffic-events/${eventId}/proof.html`, key);

describe('the proof as a page', () => {
  it('shows the client what was sent to the provider, and nothing that we told each other', async () => {
    const { statusCode, headers, body } = await proof(readerKey);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject(pageHeaders());
    for (const said of [
      ...['Late sale', 'Harbour Books', 'Hosted shop', 'Support desk, support@example.com', 'not sent yet'],
      ...['Wed 7 Jan 2026, 18:00 Asia/Tokyo (Wed 7 Jan 2026, 09:00 UTC)', '900 requests a second'],
    ])
      expect(body).toContain(said);
    for (const ours of ['Between us', 'Call them', 'Too late for the provider', clientId])
      expect(body).not.toContain(ours);
  });

  it('is not there for another client', async () => {
    expect((await proof(strangerKey)).statusCode).toBe(404);
    expect((await proof('no-key')).statusCode).toBe(401);
  });
});

describe('the address of a calendar', () => {
  it('is given to whoever may read the client', async () => {
    for (const key of [readerKey, ADMIN_KEY]) {
      const { statusCode, body } = await get(`/v1/clients/${clientId}/calendar`, key);
      expect(statusCode).toBe(200);
      expect(JSON.parse(body).url).toMatch(
        new RegExp(`^https://firebreak.example.com/n/${clientId}/calendar/1\\.[\\w-]{22}\\.ics$`),
      );
    }
  });

  it('is given to nobody else, and not for a client that is not there', async () => {
    expect((await get(`/v1/clients/${clientId}/calendar`, strangerKey)).statusCode).toBe(404);
    expect((await get('/v1/clients/cli_gone/calendar', ADMIN_KEY)).statusCode).toBe(404);
  });
});
