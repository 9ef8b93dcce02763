import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { CHROMIUM, FLAGS } from './chromium-program.ts';

const SCREENSHOTS = join(import.meta.dirname, '..', '..', '.cache', 'screenshots');
/** Without a browser these tests are left out, but never where every test must run. */
export const withoutChromium = !existsSync(CHROMIUM) && process.env.CI !== 'true';

export const SCREENS = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 900 },
} as const;
export type Screen = keyof typeof SCREENS;

/** A page and everything that went wrong on it. */
export interface Window {
  page: Page;
  /** Errors on the console, errors that nobody caught, requests that failed or left the installation. */
  troubles: string[];
  /** Keeps a picture in `.cache/screenshots`. */
  picture(name: string): Promise<void>;
}

/** Call at the top of a test file: one browser for its tests, and a fresh profile for each window. */
export const browsing = (): ((screen: Screen) => Promise<Window>) => {
  let browser: Browser | undefined;
  const opened: Page[] = [];
  beforeAll(async () => {
    if (withoutChromium) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close();
  });
  afterAll(() => browser?.close());
  return async (screen) => {
    if (!browser) throw new Error('There is a browser while tests run, not before.');
    const context = await browser.newContext({ viewport: SCREENS[screen] });
    const page = await context.newPage();
    opened.push(page);
    const picture = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${screen}.png`), fullPage: true });
    };
    return { page, troubles: telemetry(page), picture };
  };
};

const telemetry = (page: Page): string[] => {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('requestfailed', (request) => troubles.push(`${request.url()} failed`));
  page.on('request', (request) => {
    if (!/^(https?:\/\/(localhost|127\.0\.0\.1)[:/]|data:|about:)/.test(request.url()))
      troubles.push(`${request.url()} is elsewhere`);
  });
  return troubles;
};

/** How many pixels of the page lie beyond the right edge of the screen. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Nothing went wrong, and nobody has to scroll sideways. */
export const expectSound = async ({ page, troubles }: Window): Promise<void> => {
  expect(troubles).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
};
