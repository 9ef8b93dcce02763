import { beforeAll, describe, expect, test } from 'vitest';
import { type Administrator, messagesOf } from '../support/administrator.ts';
import { ADMIN_KEY } from '../support/firebreak-process.ts';
import { installation } from '../support/installation.ts';
import { FIRST } from '../support/team.ts';
import { browsing, expectSound, type Screen, withoutChromium } from './chromium.ts';

const SCREENS: Screen[] = ['phone', 'desktop'];
const HOST = 'desk@hosting.example.com';
const asAdministrator = { authorization: `Bearer ${ADMIN_KEY}` };

interface Made {
  id: string;
}

/** Example Hosting, and one of our services there. */
const host = async (administrator: Administrator, clientId: string, ownerId: string) => {
  const provider = await administrator.post<Made>('/v1/providers', {
    ...{ name: 'Example Hosting', plan: 'Business', accountNumber: 'EX-4711', timeZone: 'Europe/London' },
    contacts: [
      { id: 'hotline', name: 'Support hotline', way: 'phone', address: '+15550100200' },
      { id: 'portal', name: 'Ticket portal', way: 'portal', address: 'https://support.example.com' },
      { id: 'desk', name: 'Support desk', way: 'email', address: HOST, hearsOfTraffic: true },
      { id: 'lead', name: 'Shift lead', way: 'phone', address: '+15550100201', level: 1 },
    ],
    responseTimes: [{ priority: 'Urgent', within: 'PT30M', note: 'By phone only.' }],
    haveAtHand: ['The account number', 'The time it began, in UTC'],
    ownerId,
  });
  const steps = [{ delay: 'PT5M', targets: [{ type: 'person', id: ownerId }] }];
  const policy = await administrator.post<Made>('/v1/escalation-policies', { name: 'Hosted', steps });
  const service = { clientId, name: 'Hosted shop', escalationPolicyId: policy.id, providerId: provider.id };
  return { provider, service: await administrator.post<Made>('/v1/services', service) };
};

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe.skipIf(withoutChromium).each(SCREENS)('on a %s', (screen) => {
  const { url, team, administrator } = installation();
  const open = browsing();
  let made: Awaited<ReturnType<typeof host>>;
  beforeAll(async () => {
    made = await host(administrator, team().clientId, team().people.first);
  });

  const plan = (name: string) =>
    administrator.post<Made>('/v1/traffic-events', {
      ...{ clientId: team().clientId, name, type: 'sale', serviceIds: [made.service.id] },
      ...{ timeZone: 'Europe/Stockholm', startsAt: `${inDays(30)}T09:00`, endsAt: `${inDays(30)}T21:00` },
      expectedPeak: { requestsPerSecond: 1200, concurrentUsers: 8000 },
      anonymousShare: 90,
      urls: ['https://shop.example.com/sale', `https://shop.example.com/${'a-long-way-down/'.repeat(12)}`],
      ownerId: team().people.first,
      managerId: team().people.second,
    });

  /** The link in a mail about something, on the address that the test reaches. */
  const linkFor = async (name: string, { to = HOST, at = '/n/' } = {}): Promise<string> => {
    const sent = async () => {
      const messages = await messagesOf(administrator);
      const links = messages.find((message) => message.to === to && message.text.includes(name))?.links;
      return links?.find((link) => link.includes(at));
    };
    await expect.poll(sent).toBeDefined();
    return ((await sent()) ?? '').replace(/^https?:\/\/[^/]+/, url());
  };

  test('a provider reads a notice, and says with one tap that they have noted it', async () => {
    await plan('Winter sale');
    const window = await open(screen);
    const { page, picture } = window;
    expect((await page.goto(await linkFor('Winter sale')))?.status()).toBe(200);
    await picture('notice-opened');
    const button = page.getByRole('button', { name: 'Confirm' });
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await page.getByLabel('Your name').fill('Kim <Example>');
    await page.getByLabel('Your answer or ticket number').fill('T-4711, upsized for the day');
    await button.click();
    await page.getByRole('status').waitFor();
    await picture('notice-noted');
    expect(await page.getByText('Kim <Example>').count()).toBe(1);
    expect(await button.count()).toBe(0);
    await expectSound(window);
  });

  test('the sheet of a provider is one tap away from a page', async () => {
    const body = { serviceId: made.service.id, title: 'The shop is gone', severity: 'sev1' };
    await administrator.post('/v1/incidents', body);
    const link = await linkFor('The shop is gone', { to: FIRST, at: '/a/' });
    const window = await open(screen);
    const { page, picture } = window;
    await page.goto(link);
    await picture('incident-hosted');
    await page.locator('a[href$="/provider"]').click();
    for (const words of ['EX-4711', 'Support hotline', 'Shift lead', 'The account number', 'Hosted shop'])
      expect(await page.getByText(words).first().isVisible(), words).toBe(true);
    expect(await page.locator('a[href="tel:+15550100200"]').count()).toBe(1);
    await picture('provider-sheet');
    await page.getByText('Back to the incident').click();
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
    await expectSound(window);
  });

  test('the proof shows it, on screen and on paper', async () => {
    const { id } = await plan('Spring sale');
    await linkFor('Spring sale');
    const window = await open(screen);
    const { page, picture } = window;
    await page.setExtraHTTPHeaders(asAdministrator);
    expect((await page.goto(`${url()}/v1/traffic-events/${id}/proof.html`))?.status()).toBe(200);
    for (const words of ['Proof of notice', 'Notified in time', HOST])
      expect(await page.getByText(words).first().isVisible(), words).toBe(true);
    await picture('proof');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await picture('proof-printed');
    await expectSound(window);
  });
});
