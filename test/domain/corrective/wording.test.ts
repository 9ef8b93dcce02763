import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parts } from '../../../shared/domain/channels/gsm.ts';
import { wordPage } from '../../../shared/domain/corrective/paging/messages.ts';
import type { Page } from '../../../shared/domain/corrective/paging/page.ts';

const LINK = `https://abcdefghij.execute-api.eu-central-1.amazonaws.com/a/inc_${'0'.repeat(26)}/per_${'0'.repeat(26)}/1.${'A'.repeat(22)}`;
const NOW = '2026-01-05T03:12:40.000Z';

const page = (change: Partial<Page> = {}, about: Partial<Page['about']> = {}): Page => ({
  kind: 'page',
  incidentId: 'inc_1',
  promise: 'g1.l0.s0#per_1#phone',
  id: 'pag_1',
  clientId: 'cli_1',
  purpose: 'step',
  generation: 1,
  loop: 0,
  step: 0,
  personId: 'per_1',
  personName: 'Ada',
  methodId: 'phone',
  channel: 'sms',
  address: '+15550100123',
  severity: 'sev1',
  state: 'claimed',
  attempts: 1,
  promisedAt: '2026-01-05T03:12:38.000Z',
  code: 1,
  ...change,
  about: {
    number: 12,
    title: 'Checkout is down',
    service: 'Shop',
    client: 'Harbour Books',
    openedAt: '2026-01-05T03:12:00.000Z',
    ...about,
  },
});
const words = (of: Page, now = NOW) => wordPage(of, { link: LINK, now });

describe('a text', () => {
  it('says what, where, when, and how to answer', () => {
    expect(words(page()).text).toBe(
      `[Firebreak] SEV1 #12 Harbour Books / Shop: Checkout is down (03:12 UTC). Reply 1a ack, 1r resolve, 1e escalate, or ${LINK}`,
    );
  });

  it('offers the link alone where texts cannot be answered', () => {
    expect(words(page({ code: undefined })).text).toMatch(/UTC\)\. Answer: https:\/\/\S+$/);
  });

  it.each([
    ['help', 'HELP REQUESTED: SEV1 #12'],
    ['joined', 'NEW ALERT: SEV1 #12'],
    ['fallback', 'NOBODY ANSWERED: SEV1 #12'],
  ] as const)('for the purpose %s begins with why', (purpose, start) => {
    expect(words(page({ purpose })).text).toContain(`[Firebreak] ${start} Harbour`);
  });

  it.each([
    ['2026-01-05T03:17:38.000Z', false],
    ['2026-01-05T03:17:38.001Z', true],
  ])('handed over at %s says that it is late: %s', (now, late) => {
    expect(words(page(), now).text.includes('[Firebreak] LATE SEV1')).toBe(late);
  });

  it('fits into two messages, whatever the names are, and keeps the whole link', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(anything, anything, anything, (title, client, service) => {
        const { text } = words(page({ purpose: 'fallback' }, { title, client, service }));
        expect(parts(text)).toBeLessThanOrEqual(2);
        expect(text.endsWith(LINK)).toBe(true);
        expect(text).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('does not double in size for an emoji', () => {
    expect(words(page({}, { title: '🔥 Checkout is down' })).text).toBe(words(page()).text);
  });
});

describe('a mail', () => {
  const mail = (change: Partial<Page> = {}, about: Partial<Page['about']> = {}) =>
    words(page({ channel: 'email', address: 'ada@example.com', code: undefined, ...change }, about));

  it('has a subject that can be read on a locked screen', () => {
    expect(mail().subject).toBe('[Firebreak] SEV1 #12 Harbour Books / Shop: Checkout is down');
    expect(mail({ purpose: 'help' }).subject).toMatch(/^\[Firebreak\] HELP REQUESTED: SEV1 #12/);
  });

  it('keeps breaks and direction marks out of the subject, and cuts it', () => {
    const { subject } = mail({}, { title: `a\r\nBcc: x@example.com\u202e${'z'.repeat(500)}` });
    expect(subject).toMatch(/: a Bcc: x@example\.comz+…$/);
    expect([...subject]).toHaveLength(150);
  });

  it('says the same in text and in HTML, with one link', () => {
    const { text, html = '' } = mail({ purpose: 'fallback', promisedAt: '2026-01-05T03:00:00.000Z' });
    for (const body of [text, html]) {
      expect(body).toContain('Harbour Books / Shop');
      expect(body).toMatch(/opened 2026-01-05 03:12 UTC/i);
      expect(body).toContain('You are the fallback contact');
      expect(body).toContain('This page is late: it was due at 2026-01-05 03:00 UTC.');
      expect(body.split(LINK)).toHaveLength(2);
    }
    expect(html.match(/<a /g)).toHaveLength(1);
  });

  it('says nothing of being late when it is not', () => {
    expect(mail().text).not.toContain('is late');
  });

  it('escapes what a monitor or an administrator wrote', () => {
    const { html = '' } = mail({}, { title: '<img src=x>', client: '"><b>', service: "'&" });
    expect(html).toContain('&lt;img src=x&gt;');
    expect(html).not.toMatch(/<img|<b>/);
  });
});
