import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { html } from '../../shared/domain/html.ts';
import { page, pageHeaders } from '../../shared/pages/layout.ts';

it('escapes the title and keeps the body', () => {
  const whole = page('<b>', html`<h1>${'&'}</h1>`);
  expect(whole).toContain('<title>&lt;b&gt;</title>');
  expect(whole).toContain('<main>\n<h1>&amp;</h1>\n</main>');
});

it('lets the browser use its own style and nothing else', () => {
  const style = /<style>([\s\S]*)<\/style>/.exec(page('t', html``))?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(style.length).toBeGreaterThan(100);
  expect(pageHeaders()['content-security-policy']).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
});

it('is kept by nobody, found by nobody, and told to nobody', () => {
  expect(pageHeaders()).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  });
});

/** The relative luminance of WCAG 2 for `#rgb` or `#rrggbb`. */
const luminance = (colour: string): number => {
  const full = colour.length === 4 ? colour.replace(/[^#]/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
    const part = Number.parseInt(full.slice(place, place + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

it.each([
  ['ink', 'card'],
  ['soft', 'card'],
  ['accent', 'card'],
  ['on-accent', 'accent'],
  ['ink', 'good'],
  ['ink', 'bad'],
])('can be read: %s on %s has a contrast of 4.5 or more, by day and by night', (front, back) => {
  const schemes = [...page('t', html``).matchAll(/:root\{([^}]*)\}/g)].map(([, rules = '']) => rules);
  expect(schemes).toHaveLength(2);
  for (const rules of schemes) {
    const colour = (name: string) => new RegExp(`--${name}:(#\\w+)`).exec(rules)?.[1] ?? '';
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(4.5);
  }
});
