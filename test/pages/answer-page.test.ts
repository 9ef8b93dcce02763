import { describe, expect, it } from 'vitest';
import type { Match } from '../../shared/domain/preventive/recurrence/recognise.ts';
import { answerPage, plainPage } from '../../shared/pages/answer-page.ts';
import { boAnswered, entry, view } from './answer-view.ts';

const buttons = (page: string): string[] =>
  [...page.matchAll(/<form method="post"><input type="hidden" name="action" value="(\w+)">/g)].map(
    ([, action = '']) => action,
  );

it('shows what the incident is, whose it is, and how it stands', () => {
  const page = answerPage(view());
  for (const fact of ['SEV1 #12', 'Checkout is down', 'Harbour Books', 'Shop', 'triggered', 'nobody yet'])
    expect(page).toContain(fact);
  expect(page).toContain('You answer as <strong>Ada</strong>');
});

it('says when it opened in UTC and where the person is', () => {
  expect(answerPage(view())).toContain(
    '<time datetime="2026-01-05T03:12:00.000Z">2026-01-05 03:12 UTC</time><br>2026-01-05 04:12 (Europe/Stockholm)',
  );
});

it('says it once when that is the same, or nobody knows where they are', () => {
  const page = answerPage(view({}, { person: undefined, personName: 'the fallback contact' }));
  expect(page).toContain('2026-01-05 03:12 UTC</time></dd>');
});

describe('offers what can be done', () => {
  it.each([
    ['nobody has answered', {}, ['acknowledge', 'resolve', 'escalate', 'help']],
    [
      'somebody has answered',
      { status: 'acknowledged', acknowledgedBy: 'per_bo' },
      ['resolve', 'escalate', 'help'],
    ],
    ['it is contained', { status: 'contained', acknowledgedBy: 'per_ada' }, ['resolve', 'escalate', 'help']],
    [
      'a colleague asks for help',
      { status: 'acknowledged', acknowledgedBy: 'per_bo', helpFor: 'per_bo' },
      ['acknowledge', 'resolve', 'escalate', 'help'],
    ],
    [
      'they have asked for help themselves',
      { status: 'acknowledged', acknowledgedBy: 'per_ada', helpFor: 'per_ada' },
      ['resolve', 'escalate'],
    ],
  ] as const)('while %s', (_, change, offered) => {
    expect(buttons(answerPage(view(change)))).toEqual(offered);
  });

  it('and nothing at all once it is over', () => {
    const page = answerPage(view({ status: 'resolved' }, { over: true }));
    expect(page).toContain('This incident is over.');
    expect(page).not.toMatch(/<form|<button/);
  });
});

describe('says who answered', () => {
  it.each([
    ['per_ada', 'you'],
    ['per_bo', 'Bo'],
    ['per_gone', 'somebody else'],
  ])('%s: %s', (acknowledgedBy, name) => {
    const page = answerPage(view({ status: 'acknowledged', acknowledgedBy }, { entries: [boAnswered] }));
    expect(page).toContain(`<dt>Answered by</dt><dd>${name}</dd>`);
  });
});

it('calls the fallback contact by what they are: you, when it is they who look', () => {
  const answered = { status: 'acknowledged', acknowledgedBy: 'fallback' } as const;
  expect(answerPage(view(answered, { person: undefined }))).toContain('<dd>you</dd>');
  expect(answerPage(view(answered))).toContain('<dd>somebody else</dd>');
});

it('shows the last ten entries, newest first, whatever order they come in', () => {
  const entries = Array.from({ length: 12 }, (_, place) => entry((place * 5) % 12));
  const shown = [...answerPage(view({}, { entries })).matchAll(/Entry (\d+)\./g)].map(([, place]) =>
    Number(place),
  );
  expect(shown).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
});

it('says what came of an answer, above all else', () => {
  const page = answerPage(view(), { words: 'You have acknowledged it.', bad: false });
  expect(page).toContain('<p class="said" role="status">You have acknowledged it.</p>');
});

it('escapes what monitors and people wrote', () => {
  const evil = '</title><script>alert(1)</script>';
  const page = answerPage(
    view(
      { title: evil, clientName: evil, serviceName: evil },
      { entries: [entry(1, { text: evil })], personName: evil },
    ),
    { words: evil, bad: true },
  );
  expect(page).not.toContain('<script');
  expect(page.match(/<\/title>/g)).toHaveLength(1);
});

it('marks a drill as one', () => {
  expect(answerPage(view({ drill: true }))).toContain('SEV1 #12 (drill)');
});

it('has a page of a few words for those who may not see more', () => {
  expect(plainPage('This link does not work', 'a & b')).toContain('<p>a &amp; b</p>');
});

describe('says what it looks like', () => {
  const match: Match = {
    incidentId: 'inc_0',
    number: 7,
    title: 'Checkout <b>was</b> down',
    openedAt: '2025-12-24T22:10:00.000Z',
    because: ['alert-key', 'text'],
    helped: 'Rolled back <script>alert(1)</script>',
    causeIds: [],
  };
  const shown = (change: Partial<Match> = {}): string =>
    answerPage(
      view({}, { alike: [{ match: { ...match, ...change }, page: 'https://pages.example.com/a/inc_0' }] }),
    );

  it('with the day, the reason, what helped then, and its page', () => {
    expect(shown()).toContain(
      `<li><a href="https://pages.example.com/a/inc_0">#7 Checkout &lt;b&gt;was&lt;/b&gt; down</a><br>
<time datetime="2025-12-24T22:10:00.000Z">2025-12-24</time>, same alert<br>
What helped then: Rolled back &lt;script&gt;alert(1)&lt;/script&gt;</li>`,
    );
  });

  it('also when nobody has said what helped', () => {
    const page = shown({ helped: undefined, because: ['text'] });
    expect(page).toContain(', similar words<br>\nNo resolution was recorded.');
  });

  it('behind the buttons, which come first', () => {
    const page = shown();
    expect(page.indexOf('Looks like')).toBeGreaterThan(page.lastIndexOf('</form>'));
    expect(page.indexOf('Looks like')).toBeLessThan(page.indexOf('What happened'));
  });

  it('and nothing when nothing is known', () => expect(answerPage(view())).not.toContain('Looks like'));
});
