import { beforeAll, describe, expect, test } from 'vitest';
import { pass } from '../support/administrator.ts';
import { installation } from '../support/installation.ts';
import { browsing, expectSound, type Screen, withoutChromium } from './chromium.ts';

const SCREENS: Screen[] = ['phone', 'desktop'];

describe.skipIf(withoutChromium).each(SCREENS)('on a %s', (screen) => {
  const { url, team, administrator } = installation();
  const open = browsing();
  beforeAll(async () => {
    const body = { serviceId: team().serviceId, title: 'Checkout answers with 500', severity: 'sev1' };
    await administrator.post('/v1/incidents', body);
    await pass(administrator, 'PT0S');
  });

  test('the mailbox shows what was sent, with the link to answer', async () => {
    const window = await open(screen);
    expect((await window.page.goto(`${url()}/local/mailbox`))?.status()).toBe(200);
    await window.picture('mailbox');
    expect(await window.page.getByText('Checkout answers with 500').first().isVisible()).toBe(true);
    const link = window.page.locator('a[href*="/a/"]').first();
    expect(await link.isVisible()).toBe(true);
    await expectSound(window);
  });

  test('the documentation shows every noun, and opens an operation', async () => {
    const window = await open(screen);
    const { page } = window;
    expect((await page.goto(`${url()}/docs`))?.status()).toBe(200);
    await window.picture('docs');
    for (const resource of ['incidents', 'services', 'integrations', 'escalation-policies'])
      expect(await page.locator(`section#${resource}`).count(), resource).toBe(1);
    const summary = page.locator('summary', { hasText: '/v1/incidents/{id}/acknowledgement' }).first();
    await summary.click();
    expect(await page.locator('details[open]').count()).toBe(1);
    await window.picture('docs-operation');
    await expectSound(window);
  });
});
