import { describe, expect, test } from 'vitest';
import { type Administrator, messagesOf } from '../support/administrator.ts';
import { installation } from '../support/installation.ts';
import { FIRST } from '../support/team.ts';
import { browsing, expectSound, withoutChromium } from './chromium.ts';

interface Incident {
  id: string;
  status: string;
  acknowledgedBy?: string;
}

describe.skipIf(withoutChromium)('the one-tap link of a page', () => {
  const { url, team, administrator } = installation();
  const open = browsing();

  const paged = async (title: string): Promise<{ id: string; link: string }> => {
    const body = { serviceId: team().serviceId, title, severity: 'sev1' };
    const { id } = await administrator.post<Incident>('/v1/incidents', body);
    return { id, link: await linkTo(administrator, title, url()) };
  };
  const incident = (id: string) => administrator.get<Incident>(`/v1/incidents/${id}`);

  test('changes nothing when it is opened, and acknowledges with one tap on a phone', async () => {
    const { id, link } = await paged('Checkout answers with 500');
    const window = await open('phone');
    const { page, picture } = window;
    expect((await page.goto(link))?.status()).toBe(200);
    await page.reload();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(
      'Checkout answers with 500',
    );
    expect((await incident(id)).status).toBe('triggered');
    await picture('one-tap-opened');

    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByRole('status').waitFor();
    await picture('one-tap-acknowledged');
    expect(await incident(id)).toMatchObject({ status: 'acknowledged', acknowledgedBy: team().people.first });
    expect(await page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Resolve' }).click();
    await expect.poll(async () => (await incident(id)).status).toBe('resolved');
    await page.getByText('This incident is over.').waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    await picture('one-tap-over');
    await expectSound(window);
  });

  test('has a button that a thumb cannot miss, and a long title breaks', async () => {
    const { link } = await paged(`Shop ${'is-down-'.repeat(40)}`);
    const window = await open('phone');
    await window.page.goto(link);
    const box = await window.page.getByRole('button', { name: 'Acknowledge' }).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(box?.width).toBeGreaterThanOrEqual(300);
    await expectSound(window);
  });

  test('shows what a monitor sent as text, never as markup', async () => {
    const { link } = await paged('<img src=x onerror=alert(1)> is down');
    const window = await open('desktop');
    await window.page.goto(link);
    await window.picture('one-tap-markup');
    expect(await window.page.locator('img').count()).toBe(0);
    await expectSound(window);
  });

  test('says so when it was changed on the way', async () => {
    const { link } = await paged('Search is slow');
    const window = await open('phone');
    expect((await window.page.goto(`${link.slice(0, -3)}AAA`))?.status()).toBe(404);
    await window.picture('one-tap-wrong');
    expect(await window.page.getByRole('button').count()).toBe(0);
  });
});

/** The link that the first person was sent, on the address that the test reaches. */
const linkTo = async (administrator: Administrator, title: string, url: string): Promise<string> => {
  const sent = async () =>
    (await messagesOf(administrator)).find(({ to, text }) => to === FIRST && text.includes(title))?.links[0];
  await expect.poll(sent).toBeDefined();
  return ((await sent()) ?? '').replace(/^https?:\/\/[^/]+/, url);
};
