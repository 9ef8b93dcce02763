import { Agent } from 'node:https';
import { acknowledge, change, event, resolve, trigger } from '@pagerduty/pdjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installation } from '../support/installation.ts';
import { integrate } from '../support/team.ts';
import { openSecureFront, type SecureFront } from './secure-front.ts';
import { incidentsCalled, messagesAbout } from './what-is-there.ts';

const { url, team, administrator } = installation();
const PATIENCE = { timeout: 10_000, interval: 50 };

let front: SecureFront | undefined;
let key = '';
beforeAll(async () => {
  front = await openSecureFront(url());
  key = (await integrate(administrator, team().serviceId, 'pagerduty')).key;
});
afterAll(() => front?.stop());

/** The client speaks HTTPS only; what it does not know it hands to its fetch, which trusts our certificate so. */
const there = () => ({ server: front?.host ?? '', agent: new Agent({ ca: front?.ca }) });

const about = (summary: string, dedup_key?: string) => ({
  routing_key: key,
  event_action: 'trigger' as const,
  ...(dedup_key ? { dedup_key } : {}),
  payload: {
    summary,
    source: 'shop.example.com',
    severity: 'critical' as const,
    custom_details: { exit: 2 },
  },
  links: [{ href: 'https://logs.example.com/1', text: 'Logs' }],
});

const standing = async (words: string) => {
  const [incident, ...more] = await incidentsCalled(administrator, words);
  return more.length > 0 ? 'more than one incident' : incident?.status;
};

test('the PagerDuty client triggers, repeats, acknowledges and resolves', async () => {
  const data = about('Checkout is failing', 'checkout');
  const first = await trigger({ ...there(), data });
  expect(first.response.status).toBe(202);
  expect(first.data).toEqual({ status: 'success', message: 'Event processed', dedup_key: 'checkout' });
  expect(await standing('Checkout')).toBe('triggered');
  await expect.poll(() => messagesAbout(administrator, 'Checkout'), PATIENCE).toHaveLength(1);

  expect((await trigger({ ...there(), data })).data).toEqual(first.data);
  expect(await standing('Checkout')).toBe('triggered');

  expect((await acknowledge({ ...there(), data })).response.status).toBe(202);
  expect(await standing('Checkout')).toBe('acknowledged');

  expect((await resolve({ ...there(), data })).response.status).toBe(202);
  await expect.poll(() => standing('Checkout'), PATIENCE).toBe('resolved');
  expect(await messagesAbout(administrator, 'Checkout')).toHaveLength(1);
});

test('the PagerDuty client is given a dedup key when it sends none, and resolves by it', async () => {
  const opened = await event({ ...there(), data: about('Search is slow') });
  expect(opened.data.dedup_key).toMatch(/^\S+$/);
  const data = { ...about('Search is slow', opened.data.dedup_key), event_action: 'resolve' as const };
  await event({ ...there(), data });
  await expect.poll(() => standing('Search'), PATIENCE).toBe('resolved');
});

test('the PagerDuty client sends a change, which pages nobody', async () => {
  const payload = {
    summary: 'Release 220 is out',
    source: 'deploy.example.com',
    timestamp: '2026-01-05T09:00:00.000+0000',
    custom_details: { build: '220' },
  };
  const data = { routing_key: key, payload, links: [] };
  // Its types want an event_action, which a change does not have.
  const { response } = await change({ ...there(), data } as unknown as Parameters<typeof change>[0]);
  expect(response.status).toBe(202);
  const changes = await administrator.all<{ summary: string; serviceId: string }>('/v1/changes');
  expect(changes).toMatchObject([{ summary: 'Release 220 is out', serviceId: team().serviceId }]);
  expect(await messagesAbout(administrator, 'Release')).toEqual([]);
});

test('the PagerDuty client is told every field at fault', async () => {
  const data = { ...about(''), routing_key: 'nobodys-key' };
  const { response, data: answer } = await event({ ...there(), data });
  expect(response.status).toBe(400);
  expect(answer).toMatchObject({
    status: 'invalid event',
    errors: expect.arrayContaining([expect.any(String)]),
  });
});
