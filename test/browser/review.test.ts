import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../support/administrator.ts';
import { ADMIN_KEY } from '../support/firebreak-process.ts';
import { installation } from '../support/installation.ts';
import { FIRST, SECOND } from '../support/team.ts';
import { browsing, expectSound, type Screen, withoutChromium } from './chromium.ts';

const SCREENS: Screen[] = ['phone', 'desktop'];
const PDF = join(import.meta.dirname, '..', '..', '.cache', 'screenshots', 'review.pdf');
const asAdministrator = { authorization: `Bearer ${ADMIN_KEY}` };

interface Made {
  id: string;
}

describe.skipIf(withoutChromium).each(SCREENS)('on a %s', (screen) => {
  const { url, team, administrator } = installation(async () => ({ FIREBREAK_DEMO: 'on' }));
  const open = browsing();

  const demoReview = async (): Promise<string> => {
    const { items } = await administrator.get<{ items: Made[] }>('/v1/reviews');
    return `${url()}/v1/reviews/${items[0]?.id}/document.html`;
  };

  test('the review of an outage reads well', async () => {
    const window = await open(screen);
    const { page, picture } = window;
    await page.setExtraHTTPHeaders(asAdministrator);
    expect((await page.goto(await demoReview()))?.status()).toBe(200);
    for (const words of ['Where we were lucky', 'Cause: monitoring'])
      expect(await page.getByText(words).first().isVisible(), words).toBe(true);
    await picture('review');
    const nodes = await page.locator('.node').evaluateAll((all) =>
      all.map((node) => {
        const { top, bottom, left, width } = node.getBoundingClientRect();
        return { top, bottom, left, width };
      }),
    );
    expect(nodes.length).toBeGreaterThan(15);
    for (const [place, node] of nodes.entries()) {
      expect(node.width, `why ${place} is wide enough to read`).toBeGreaterThan(200);
      expect(node.top, `why ${place} overlaps none above it`).toBeGreaterThanOrEqual(
        nodes[place - 1]?.bottom ?? 0,
      );
    }
    expect(new Set(nodes.map(({ left }) => left)).size).toBeGreaterThanOrEqual(4);
    await expectSound(window);
  });

  test('it prints, and so does what the client reads', async () => {
    const window = await open(screen);
    const { page, picture } = window;
    await page.setExtraHTTPHeaders(asAdministrator);
    await page.goto(await demoReview());
    await page.pdf({ path: PDF, preferCSSPageSize: true });
    expect(statSync(PDF).size).toBeGreaterThan(20_000);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await picture('review-printed');
    await page.emulateMedia({ media: null, colorScheme: null });
    await page.goto(`${await demoReview()}?for=client`);
    expect(await page.getByText('What it meant for you').isVisible()).toBe(true);
    expect(await page.getByText('Where we were lucky').count()).toBe(0);
    await picture('review-for-client');
    await expectSound(window);
  });

  const send = async (line: string, body: object): Promise<Response> => {
    const [method = '', path = ''] = line.split(' ');
    const headers = { ...asAdministrator, 'content-type': 'application/json' };
    const reply = await fetch(`${url()}${path}`, { method, headers, body: JSON.stringify(body) });
    expect(reply.status, `${line}: ${await reply.clone().text()}`).toBeLessThan(300);
    return reply;
  };

  /** The link in a mail about something, on the address that the test reaches. */
  const linkFor = async (to: string, subject: RegExp): Promise<string> => {
    const sent = async () =>
      (await messagesOf(administrator)).find(
        (message) => message.to === to && subject.test(message.subject ?? ''),
      );
    await expect.poll(sent).toBeDefined();
    return ((await sent())?.links[0] ?? '').replace(/^https?:\/\/[^/]+/, url());
  };

  /** By the installation's own clock. */
  const now = async (): Promise<number> =>
    Date.parse((await administrator.post<{ now: string }>('/local/clock', { advance: 'PT0S' })).now);

  /** A review that is written, and waits for both. */
  const submitted = async (title: string): Promise<string> => {
    const { first, second } = team().people;
    const incident = { serviceId: team().serviceId, title, severity: 'sev4' };
    const { id: incidentId } = await administrator.post<Made>('/v1/incidents', incident);
    await administrator.post(`/v1/incidents/${incidentId}/resolution`);
    const people = { technicalLeadId: second, projectManagerId: first };
    const { id } = await administrator.post<Made>('/v1/reviews', { incidentId, ...people });
    await send(`PATCH /v1/reviews/${id}`, { technique: 'free-text' });
    for (const [name, body] of Object.entries({
      summary: { text: 'The shop took **no** orders.' },
      impact: { text: `Nobody could pay. ${'https://shop.example.com/a-very-long-way-down/'.repeat(6)}` },
      analysis: {
        text: 'A certificate expired:\n\n```\nopenssl s_client -connect shop.example.com:443 -servername shop.example.com -showcerts\n```',
      },
      fix: { text: 'It was renewed.', choice: 'short-term' },
      'one-person': { text: '', choice: 'yes' },
    }))
      await send(`PUT /v1/reviews/${id}/sections/${name}`, body);
    await administrator.post(`/v1/reviews/${id}/submission`);
    return id;
  };

  test('whoever approves reads it from their mail, and approves below it', async () => {
    const title = `The certificate expired ${screen}`;
    await submitted(title);
    const window = await open(screen);
    const { page, picture } = window;
    await page.goto(await linkFor(SECOND, new RegExp(`Please approve.*${title}`)));
    await page.getByText('Approve it, or ask for changes').click();
    const approve = page.getByRole('button', { name: /^Approve revision/ });
    expect((await approve.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.getByLabel('What should change').fill('Nothing, really.');
    await picture('review-to-approve');
    await approve.click();
    await page.getByRole('status').waitFor();
    expect(await page.getByText('Thank you. You have approved this review.').isVisible()).toBe(true);
    await picture('review-approved');
    expect(await approve.count()).toBe(0);
    await expectSound(window);
  });

  test('whoever owns an action item says from their mail that it is done', async () => {
    const title = `Renew certificates by a machine ${screen}`;
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    await administrator.post('/v1/action-items', {
      ...{
        clientId: team().clientId,
        title,
        type: 'automation',
        ownerId: team().people.first,
        dueAt: inDays(9),
      },
      text: 'The old way was a calendar.\nNobody looked at it.',
      verification: { type: 'statement', statement: 'One was renewed by itself.', lookAgainAt: inDays(40) },
    });
    const window = await open(screen);
    const { page, picture } = window;
    await page.goto(await linkFor(FIRST, new RegExp(title)));
    await picture('action-item');
    await page.getByLabel('What was done').fill('A job renews them weekly.');
    await page.getByRole('button', { name: 'Mark as done' }).click();
    await page.getByRole('status').waitFor();
    await picture('action-item-done');
    expect(await page.getByRole('button').count()).toBe(0);
    await expectSound(window);
  });

  test('whoever looks again says from their mail that it does not hold', async () => {
    const title = `Cap the pool ${screen}`;
    const { first } = team().people;
    const { id: clientId } = await administrator.post<Made>('/v1/clients', {
      name: `Looked at ${screen}`,
      technicalLeadId: team().people.second,
    });
    const look = new Date((await now()) + 60_000).toISOString();
    const { id } = await administrator.post<Made>('/v1/action-items', {
      ...{ clientId, title, type: 'long-term-fix', ownerId: first, dueAt: look },
      text: 'Under load every worker held two connections.',
      verification: { type: 'statement', statement: 'Nobody waits for a connection.', lookAgainAt: look },
    });
    await administrator.post(`/v1/action-items/${id}/completion`, { by: first });
    await administrator.post('/local/clock', { advance: 'PT2M' });
    const window = await open(screen);
    const { page, picture } = window;
    await page.goto(await linkFor(SECOND, new RegExp(`Please verify.*${title}`)));
    await picture('action-item-to-look-at');
    await page.getByLabel('What you found').fill('Some waited on Monday.');
    await page.getByRole('button', { name: 'The fix does not hold' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByText('The action item is open again').isVisible()).toBe(true);
    await picture('action-item-open-again');
    await expectSound(window);
  });
});
