/** What monitors write is hostile until it is cut to size and freed of what could deceive a reader. */

import { oneLine as asOneLine } from '../domain/one-line.ts';
import type { AlertEvent } from '../domain/proactive/alerts/alert-event.ts';

const SUMMARY = 1024;
const LINKS = 20;
const HREF = 2048;
const LINK_TEXT = 255;
const DETAIL_BYTES = 4096;
const SCHEMES = ['http:', 'https:', 'mailto:'];

/** At most `length` UTF-16 units, and never half a character. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** One line that can stand in a subject or a text message, of at most `length` UTF-16 units. */
export const oneLine = (text: string, length = SUMMARY): string => cut(asOneLine(text), length);

const safeHref = (href: unknown): string | undefined => {
  if (typeof href !== 'string' || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  return SCHEMES.includes(url.protocol) && url.href.length <= HREF ? url.href : undefined;
};

/** The links that are safe to show: http, https and mailto, each once, 20 at most; undefined when none is. */
export const safeLinks = (candidates: { href?: unknown; text?: unknown }[]): AlertEvent['links'] => {
  const byHref = new Map<string, { href: string; text?: string }>();
  for (const { href, text } of candidates) {
    const safe = safeHref(href);
    if (!safe || byHref.has(safe) || byHref.size === LINKS) continue;
    byHref.set(safe, {
      href: safe,
      ...(typeof text === 'string' && text && { text: oneLine(text, LINK_TEXT) }),
    });
  }
  return byHref.size > 0 ? [...byHref.values()] : undefined;
};

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Strings of at most `room` units, and a quarter as many entries of every list and record. */
const shortened = (value: unknown, room: number): unknown => {
  if (typeof value === 'string') return cut(value, room);
  if (Array.isArray(value)) return value.slice(0, room / 4).map((entry) => shortened(entry, room));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).slice(0, room / 4);
  return Object.fromEntries(entries.map(([key, entry]) => [cut(key, room), shortened(entry, room)]));
};

type Details = Record<string, unknown>;

/** What else was said, without what was not, in at most 4 KB of JSON text; undefined when there is nothing. */
export const fittingDetails = (said: Details): Details | undefined => {
  const details = stated(said);
  if (Object.keys(details).length === 0) return undefined;
  if (bytesOf(details) <= DETAIL_BYTES) return details;
  for (const room of [1024, 256, 64, 16]) {
    const shorter = { ...(shortened(details, room) as Details), shortened: true };
    if (bytesOf(shorter) <= DETAIL_BYTES) return shorter;
  }
  // Escaped already, a unit takes 3 bytes at most.
  return { text: cut(JSON.stringify(details), 1300), shortened: true };
};

/** Without the fields that say nothing, so that nothing is kept for them. */
export const stated = <T extends object>(fields: T): T =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as T;
