import { describe, expect, test } from 'vitest';
import { type Letter, linksIn, mailboxPage } from '../../shared/pages/mailbox.ts';

const NOW = '2026-03-02T12:00:00.000Z';

const letter = (fields: Partial<Letter>): Letter => ({
  id: 'pag_1',
  at: '2026-03-02T11:59:58.000Z',
  channel: 'email',
  to: 'ada@example.com',
  subject: 'SEV1 #1',
  text: 'Checkout is failing',
  links: [],
  ...fields,
});

describe('the mailbox page', () => {
  test('shows whom a message went to, when, how, and what it said', () => {
    const page = mailboxPage(
      [letter({}), letter({ channel: 'sms', to: '+15550100101', subject: undefined })],
      NOW,
    );
    for (const words of ['E-mail to', 'Text message to', 'ada@example.com', '+15550100101', '11:59:58 UTC'])
      expect(page).toContain(words);
    expect(page.match(/SEV1 #1/g)).toHaveLength(1);
  });

  test('says so when nothing was sent', () => {
    expect(mailboxPage([], NOW)).toContain('Nothing was sent yet');
  });

  test.for(['text', 'subject', 'to'] as const)('escapes the %s', (field) => {
    const page = mailboxPage([letter({ [field]: '<script>alert(1)</script>' })], NOW);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });

  test('makes links of addresses alone, and lets none break out of its attribute', () => {
    const page = mailboxPage(
      [letter({ text: 'see http://a.example/x?y=1&z="onclick=\njavascript:alert(1)' })],
      NOW,
    );
    expect(page).toContain('<a href="http://a.example/x?y=1&amp;z=">');
    expect(page.match(/<a /g)).toHaveLength(1);
    expect(page).not.toMatch(/<a[^>]*onclick/);
  });
});

test.for([
  ['none here', []],
  ['two: http://a.example/1 and https://b.example/2', ['http://a.example/1', 'https://b.example/2']],
  ['the same http://a.example/1 http://a.example/1', ['http://a.example/1']],
  ['<http://a.example/1>', ['http://a.example/1']],
] as const)('the links in "%s" are %s', ([text, links]) => {
  expect(linksIn(text)).toEqual(links);
});
