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
    for (const words of ['Where we were lucky', 'Cause: monitoring', '1 of 2, by hand'].slice(0, 2))
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
      expect(node.top, `why ${place} overlaps none above it`).toBeGreaterThanOrEqual(nodes[place - 1]?.bottom ?? 0);
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
    await page.emulateMedia({});
    await page.goto(`${await demoReview()}?for=client`);
    expect(await page.getByText('What it meant for you').isVisible()).toBe(true);
    expect(await page.getByText('Where we were lucky').count()).toBe(0);
    await picture('review-for-client');
    await expectSound(window);
  });
});
