import { expect, test } from 'vitest';
import { Provider } from '../../shared/domain/directory/provider.ts';
import { providerSheet } from '../../shared/pages/provider-sheet.ts';
import { PLANNED_SAMPLES } from '../store/planned-samples.ts';
import { RESOURCE_SAMPLES } from '../store/resource-samples.ts';
import { hosting } from '../support/hosting.ts';

const provider = Provider.parse({ ...RESOURCE_SAMPLES.provider, ...hosting });
const sheet = (more: object = {}, troubles = [PLANNED_SAMPLES['provider-incident']]) =>
  providerSheet({
    provider: { ...provider, ...more },
    services: [{ id: 'svc_1', name: 'Checkout' }] as Parameters<typeof providerSheet>[0]['services'],
    troubles,
    back: '/a/inc_1/per_1/1.x',
  });

test('all that is needed at 3 am is on it, and a tap calls, writes or opens', () => {
  const portal = {
    ...hosting.contacts[1],
    id: 'portal',
    way: 'portal',
    address: 'https://portal.example.com/t?a=1&b=2',
  };
  const page = sheet({ contacts: [...provider.contacts, portal] });
  for (const part of [
    ...['A-1234', 'Business', '24 hours, every day (Europe/London)', 'The site id: harbour-1', 'Checkout'],
    ...['href="tel:+15550100900"', 'href="mailto:support@hosting.example.com"', 'account manager'],
    ...[
      'href="https://portal.example.com/t?a=1&amp;b=2"',
      'Urgent: within 1 hour',
      'The provider reports: Network trouble',
    ],
    'href="/a/inc_1/per_1/1.x"',
  ])
    expect(page).toContain(part);
});

test('levels come in the order in which to try them', () => {
  const page = sheet();
  const septets = ['Ask first', 'Hotline', 'level 1', 'Team lead', 'level 3', 'Mia Manager'].map((part) =>
    page.indexOf(part),
  );
  expect(septets).toEqual(septets.toSorted((one, other) => one - other));
  expect(septets.every((place) => place > 0)).toBe(true);
});

test('what was entered is text, and only https is ever a link', () => {
  const evil = { ...hosting.contacts[0], way: 'portal', address: 'javascript:alert(1)', name: '<img src=x>' };
  const page = sheet({ contacts: [evil], name: '<b>', notes: '<script>' });
  expect(page).not.toMatch(/href="javascript|<img|<b>|<script/);
});

test('without any contact it says so', () => {
  expect(sheet({ contacts: [] })).toContain('No support contact is known.');
});
