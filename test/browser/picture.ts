/**
 * `node test/browser/picture.ts`: makes the pictures in docs/images from the running product and its demo.
 * Run it again when a page that they show has changed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { DEMO_KEYS } from '../../infra/local/demo.ts';
import { ADMIN_KEY, startFirebreak } from '../support/firebreak-process.ts';
import { CHROMIUM, FLAGS } from './chromium-program.ts';

const IMAGES = join(import.meta.dirname, '..', '..', 'docs', 'images');
const PHONE = { viewport: { width: 390, height: 710 }, deviceScaleFactor: 1.5 };
const DESKTOP = { viewport: { width: 900, height: 770 }, deviceScaleFactor: 1.5 };

interface Message {
  links: string[];
}

const jsonOf = async <T>(url: string, init?: RequestInit): Promise<T> => {
  const reply = await fetch(url, init);
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as T;
};

/** Opens an incident in the demo, and gives the link in the page that went out for it. */
const pageSomebody = async (url: string): Promise<string> => {
  const payload = {
    summary: 'Checkout is failing: payments time out',
    source: 'shop.example.com',
    severity: 'critical',
  };
  await jsonOf(`${url}/v2/enqueue`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ routing_key: DEMO_KEYS.pagerduty, event_action: 'trigger', payload }),
  });
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const { items } = await jsonOf<{ items: Message[] }>(`${url}/local/messages?limit=10`);
    const link = items.flatMap(({ links }) => links).find((each) => each.includes('/a/'));
    if (link) return link.replace(/^https?:\/\/[^/]+/, url);
  }
  throw new Error('Nobody was paged within ten seconds.');
};

const reviewIn = async (url: string): Promise<string> => {
  const headers = { authorization: `Bearer ${ADMIN_KEY}` };
  const { items } = await jsonOf<{ items: { id: string }[] }>(`${url}/v1/reviews`, { headers });
  return `${url}/v1/reviews/${items[0]?.id}/document.html`;
};

const takePicture = async (
  browser: Browser,
  screen: typeof PHONE,
  address: string,
  { name, from }: { name: string; from?: string },
): Promise<void> => {
  const context = await browser.newContext({ ...screen, colorScheme: 'light' });
  const page = await context.newPage();
  await page.setExtraHTTPHeaders({ authorization: `Bearer ${ADMIN_KEY}` });
  const reply = await page.goto(address);
  if (!reply?.ok()) throw new Error(`${name}: the page answered ${reply?.status()}.`);
  if (from)
    await page
      .locator(from)
      .first()
      .evaluate((part) => part.scrollIntoView());
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  await context.close();
};

const folder = mkdtempSync(join(tmpdir(), 'firebreak-picture-'));
const firebreak = startFirebreak(folder, { FIREBREAK_DEMO: 'on' });
try {
  const url = await firebreak.ready;
  const browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
  await takePicture(browser, PHONE, await pageSomebody(url), { name: 'answer-a-page' });
  await takePicture(browser, DESKTOP, await reviewIn(url), { name: 'review', from: '.node' });
  await browser.close();
} finally {
  await firebreak.stop();
  rmSync(folder, { recursive: true, force: true });
}
