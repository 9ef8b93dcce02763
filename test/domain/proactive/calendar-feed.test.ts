import { expect, test } from 'vitest';
import { calendarOf } from '../../../shared/domain/proactive/traffic/calendar-feed.ts';
import { eventWith, NOW } from '../../support/traffic.ts';

const unfolded = (feed: string): string[] => feed.replaceAll('\r\n ', '').split('\r\n');

test('every event is an entry, in UTC, with what became of it', () => {
  const cancelled = eventWith({ id: 'trf_2', status: 'cancelled', generation: 3 });
  const lines = unfolded(calendarOf([eventWith(), cancelled], NOW));
  expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
  expect(lines.slice(-2)).toEqual(['END:VCALENDAR', '']);
  expect(lines.filter((line) => /^(UID|SEQUENCE|DTSTAMP|DTSTART|DTEND|STATUS)/.test(line))).toEqual([
    ...['UID:trf_1@firebreak', 'DTSTAMP:20260105T090000Z', 'SEQUENCE:1'],
    ...['DTSTART:20260125T090000Z', 'DTEND:20260125T140000Z', 'STATUS:CONFIRMED'],
    ...['UID:trf_2@firebreak', 'DTSTAMP:20260105T090000Z', 'SEQUENCE:3'],
    ...['DTSTART:20260125T090000Z', 'DTEND:20260125T140000Z', 'STATUS:CANCELLED'],
  ]);
});

test('no line is longer than 75 octets, and none is cut within a character', () => {
  const name = 'Größter Räumungsverkauf 🎉 aller Zeiten, '.repeat(5).trim();
  const feed = calendarOf([eventWith({ name })], NOW);
  expect(feed.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(unfolded(feed)).toContain(`SUMMARY:${name.replaceAll(',', '\\,')} (campaign)`);
});

test('what people write cannot end a line or begin another', () => {
  const feed = calendarOf([eventWith({ name: 'A; B\\C\r\nEND:VEVENT' })], NOW);
  expect(unfolded(feed)).toContain('SUMMARY:A\\; B\\\\C END:VEVENT (campaign)');
  expect(unfolded(feed).filter((line) => line === 'END:VEVENT')).toHaveLength(1);
});

test('an empty calendar is a calendar', () => {
  expect(unfolded(calendarOf([], NOW))).toContain('METHOD:PUBLISH');
});
