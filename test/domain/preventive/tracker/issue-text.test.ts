import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActionItem } from '../../../../shared/domain/preventive/action-item/action-item.ts';
import {
  markedFor,
  markerOf,
  wantedIssue,
  withOurPart,
} from '../../../../shared/domain/preventive/tracker/issue-text.ts';
import { SAMPLES } from '../../../store/samples.ts';

const ID = 'act_01KE6F3G000000000000000001';
const OTHER = 'act_01KE6F3G000000000000000002';
const setting = {
  ownerName: 'Ada',
  origin: 'the review of incident 7',
  publicUrl: 'https://firebreak.example.com',
};
const item = (more: Partial<ActionItem> = {}): ActionItem => ({ ...SAMPLES['action-item'], id: ID, ...more });
const textOf = (text: string, type: 'github' | 'jira' = 'github') =>
  wantedIssue(item({ text }), setting, type).text;

test('an issue says what is to be done, until when, by whom, why, and where it comes from', () => {
  const { title, text, closed } = wantedIssue(item({ text: 'Look first.' }), setting, 'github');
  expect(title).toBe('Size the pool by load');
  expect(text.split('\n\n')).toEqual([
    'Look first.',
    [
      '- Due: 2026-03-20 12:00 UTC (priority: high)',
      '- Owner: Ada',
      '- Origin: the review of incident 7.',
      `- In Firebreak: https://firebreak.example.com/v1/action-items/${ID}`,
    ].join('\n'),
    'This part is kept up to date by Firebreak. What you write below the next line stays as it is.',
    `Firebreak ${ID}`,
  ]);
  expect(closed).toBeUndefined();
});

test.each([
  ['open', undefined],
  ['done', 'completed'],
  ['proven', 'completed'],
  ['dropped', 'dropped'],
] as const)('the issue of an item that is %s is closed as %s', (status, closed) => {
  expect(wantedIssue(item({ status }), setting, 'github').closed).toBe(closed);
});

test.each(['github', 'jira'] as const)(
  'whatever is written in an item, on %s it calls nobody and names no other item',
  (type) => {
    const hostile = fc.array(
      fc.constantFrom(
        '@octo',
        '@',
        '\r\n',
        '\n',
        `Firebreak ${OTHER}`,
        ' ',
        '[~jo]',
        '{code}',
        '!a.png!',
        'text',
        '\ud800',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (text, ownerName) => {
        const wanted = wantedIssue(
          item({ text: text.join('') }),
          { ...setting, ownerName: ownerName.join('') },
          type,
        );
        expect(wanted.text).not.toMatch(/@\w/);
        expect(wanted.text.isWellFormed()).toBe(true);
        if (type === 'jira') expect(wanted.text).not.toMatch(/(^|[^\\])[[{!]/);
        expect(markedFor(wanted.text)).toBe(ID);
        expect(wanted.text.match(/^Firebreak act_[0-9A-Z]{26}[ \t]*$/gm)).toHaveLength(1);
      }),
    );
  },
);

test('a title is one line', () => {
  expect(wantedIssue(item({ title: 'One\u202e two' }), setting, 'jira').title).toBe('One two');
});

test('what people wrote below our part stays, as it was and with their line ends', () => {
  const [before, after] = [textOf('Before.'), textOf('After.')];
  const there = `${before}\r\n\r\n- [ ] ask`.replace(/(?<!\r)\n/g, '\r\n');
  expect(withOurPart(there, after)).toBe(`${after}\n\n- [ ] ask`);
  expect(withOurPart(before, after)).toBe(after);
});

test.each([
  ['no part of ours', 'As reported.'],
  ['nothing', ''],
  ['the part of another item', `Other.\n\nFirebreak ${OTHER}`],
  ['a marker that somebody broke', textOf('x').replace('Firebreak act_', 'Firebreak: act_')],
])('a text with %s is theirs, and is left alone', (_case, there) => {
  expect(withOurPart(there, textOf('After.'))).toBeUndefined();
});

test.each([
  [`x\n${markerOf(ID)}\ny`, ID],
  [`${markerOf(ID)}  `, ID],
  [`${markerOf(OTHER)}\r\n${markerOf(ID)}\r\n`, ID],
  [`see ${markerOf(ID)}`, undefined],
  [`${markerOf(ID)} and more`, undefined],
  ['Firebreak act_short', undefined],
  ['', undefined],
])('%j stands for %s', (text, id) => expect(markedFor(text)).toBe(id));
