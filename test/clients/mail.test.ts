import { afterAll, expect, test } from 'vitest';
import { installation } from '../support/installation.ts';
import { FIRST } from '../support/team.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { messagesAbout } from './what-is-there.ts';

let server: MailServer | undefined;
const { url, team, administrator } = installation(async () => {
  server = await startMailServer();
  return { SMTP_URL: server.url, FIREBREAK_EMAIL_FROM: 'pages@example.com' };
});
afterAll(() => server?.stop());

const PATIENCE = { timeout: 10_000, interval: 50 };

interface Opened {
  id: string;
  status: string;
}

test('a page goes out by SMTP once, and its link shows the incident and acknowledges it', async () => {
  const body = { serviceId: team().serviceId, title: 'Orders are stuck', severity: 'sev1' };
  const { id } = await administrator.post<Opened>('/v1/incidents', body);
  const status = async () => (await administrator.get<Opened>(`/v1/incidents/${id}`)).status;
  await expect.poll(() => server?.mails.length, PATIENCE).toBe(1);
  const mail = server?.mails[0];
  expect(mail?.to).toEqual([FIRST]);
  expect(mail?.raw).toMatch(/^From: pages@example\.com\r$/m);
  expect(mail?.text).toContain('Orders are stuck');

  const path = /https?:\/\/[^/\s]+(\/a\/[\w./-]+)/.exec(mail?.text ?? '')?.[1];
  const link = `${url()}${path}`;
  const shown = await fetch(link);
  expect(shown.status).toBe(200);
  expect(await shown.text()).toContain('Orders are stuck');
  expect(await status()).toBe('triggered');

  const answered = await fetch(link, {
    method: 'POST',
    body: new URLSearchParams({ action: 'acknowledge' }),
  });
  expect(answered.status).toBe(200);
  expect(await status()).toBe('acknowledged');
  await administrator.post('/local/clock', { advance: 'PT1H' });
  expect(server?.mails).toHaveLength(1);
  expect(await messagesAbout(administrator, 'Orders are stuck')).toHaveLength(1);
});
