import { describe, expect, it } from 'vitest';
import { noticePage } from '../../shared/pages/notice-page.ts';
import { ticket, traffic } from './planned.ts';

describe('planned traffic, as a provider sees it', () => {
  it('says what is planned, in the words of the notice, and to whom', async () => {
    const page = await noticePage(traffic());
    for (const fact of [
      ...['Black Friday', 'Harbour Books', 'Web shop, Search', 'Support desk', 'Example Hosting'],
      ...['Fri 27 Nov 2026, 09:00 Europe/Stockholm (Fri 27 Nov 2026, 08:00 UTC)', '90 %'],
      ...['1,200 requests a second, 8,000 people at once', 'https://shop.example.com/sale'],
    ])
      expect(page).toContain(fact);
  });

  it('says no more than the notice, and nothing of ours', async () => {
    const page = await noticePage({ ...traffic(), facts: [{ label: 'What', value: 'A sale' }] });
    for (const ours of ['Mia', 'mia@', '40 requests', 'budget', 'per_owner', 'trf_1', 'shop.example.com'])
      expect(page).not.toContain(ours);
  });

  it('has one form, which says what was seen', async () => {
    const page = await noticePage(traffic());
    expect(page.match(/<form/g)).toHaveLength(1);
    expect(page).toContain('<input type="hidden" name="seen" value="3">');
    expect(page).toContain('Confirm</button>');
  });

  it('asks for nothing but a later number once it was noted, and says by whom', async () => {
    const acknowledged = {
      state: 'acknowledged' as const,
      acknowledgedAt: '2026-11-17T09:30:00.000Z',
      acknowledgedBy: 'Kim',
      answer: 'Ticket 4711',
    };
    const page = await noticePage(traffic({}, acknowledged));
    expect(page).not.toContain('Confirm</button>');
    expect(page).toContain('Add it</button>');
    for (const said of [
      'Confirmed, thank you',
      'Kim',
      'Ticket 4711',
      'Tue 17 Nov 2026, 10:30 Europe/Stockholm',
    ])
      expect(page).toContain(said);
  });

  it.each([
    ['cancelled', 'This event was cancelled'],
    ['over', 'This is over'],
  ] as const)('has none once it is %s', async (status, words) => {
    const page = await noticePage(traffic({ status }));
    expect(page).not.toContain('<form');
    expect(page).toContain(words);
  });

  it('has none for a provider whom it does not concern any more', async () => {
    const page = await noticePage(traffic({}, { state: 'withdrawn' }));
    expect(page).not.toContain('<form');
    expect(page).toContain('no longer affects you');
  });

  it('escapes what anybody wrote', async () => {
    const evil = '"><script>alert(1)</script>';
    const view = traffic({ name: evil, urls: [evil], method: evil }, { providerName: evil });
    const page = await noticePage(
      { ...view, clientName: evil, recipientName: evil },
      { words: evil, bad: true },
    );
    expect(page).not.toContain('<script');
  });
});

describe('a question, as a provider sees it', () => {
  it('says what is asked, how urgent it is, and until when', async () => {
    const page = await noticePage(ticket());
    for (const fact of [
      ...['Is the database being moved?', 'Writes fail since ten.\nWhat is going on?', 'Urgent'],
      ...['Harbour Books', 'Tue 10 Nov 2026, 11:00 UTC', 'Confirm</button>'],
    ])
      expect(page).toContain(fact);
  });

  it('lets one of ours say that they have answered', async () => {
    const page = await noticePage({ ...ticket(), ours: true });
    expect(page).toContain('They have answered</button>');
    expect(page).toContain('Their answer or ticket number');
  });

  it.each([
    [{ status: 'answered' as const, answeredAt: '2026-11-10T10:20:00.000Z', reference: 'T-9' }, 'T-9'],
    [{ status: 'closed' as const }, 'This is closed'],
  ])('has no form once it is %o', async (change, words) => {
    const page = await noticePage(ticket(change));
    expect(page).not.toContain('<form');
    expect(page).toContain(words);
  });
});
