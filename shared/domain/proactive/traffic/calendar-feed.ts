import { oneLine } from '../../one-line.ts';
import type { Instant } from '../../time.ts';
import { kindOf, standOf } from './facts.ts';
import type { TrafficEvent } from './traffic-event.ts';

/** Octets that a line may have, without its end (RFC 5545, 3.1). */
const LONGEST_LINE = 75;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n]/g, '\\n');

/** Folds a content line between characters, never within one. */
const folded = (line: string): string => {
  const lines: string[] = [];
  let current = '';
  for (const character of line) {
    if (Buffer.byteLength(current + character) > LONGEST_LINE) {
      lines.push(current);
      current = ' ';
    }
    current += character;
  }
  return [...lines, current].join('\r\n');
};

/** `20261127T080000Z`. */
const stamp = (at: Instant): string => `${at.slice(0, 19).replace(/[-:]/g, '')}Z`;

const STATUS: Record<TrafficEvent['status'], string> = {
  planned: 'CONFIRMED',
  over: 'CONFIRMED',
  cancelled: 'CANCELLED',
};

const entry = (event: TrafficEvent, now: Instant): string[] => [
  'BEGIN:VEVENT',
  `UID:${event.id}@firebreak`,
  `DTSTAMP:${stamp(now)}`,
  `CREATED:${stamp(event.createdAt)}`,
  `LAST-MODIFIED:${stamp(event.updatedAt)}`,
  `SEQUENCE:${event.generation}`,
  `DTSTART:${stamp(event.start)}`,
  `DTEND:${stamp(event.end)}`,
  `SUMMARY:${escaped(`${oneLine(event.name)} (${kindOf(event)})`)}`,
  `DESCRIPTION:${escaped(describe(event))}`,
  `STATUS:${STATUS[event.status]}`,
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
];

const describe = (event: TrafficEvent): string =>
  [
    `Planned traffic, times of ${event.timeZone}.`,
    ...event.notices.map((notice) => standOf(notice, event.timeZone)),
  ].join('\n');

/** Planned traffic as a calendar feed (RFC 5545), `text/calendar` in UTF-8. */
export const calendarOf = (events: TrafficEvent[], now: Instant): string =>
  `${[
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Firebreak//Planned traffic//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Planned traffic',
    ...events.flatMap((event) => entry(event, now)),
    'END:VCALENDAR',
  ]
    .map(folded)
    .join('\r\n')}\r\n`;
