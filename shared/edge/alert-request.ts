import { Refused } from '../domain/refused.ts';
import { findSource, SOURCES, type SourceEntry } from '../sources/index.ts';
import type { Arrived } from '../sources/source.ts';
import { bodyOf, type HttpEvent, headerOf } from './http-event.ts';
import { readJson } from './untrusted-json.ts';

const MOST_BYTES = 524_288;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;
const OWN_PATH = /^\/v1\/alerts\/([^/]+)\/([^/]+)$/;

/** Where it was sent to: the format, and the key where that stands in the path. */
export interface Addressed {
  entry: SourceEntry;
  path: string;
  key?: string;
}

/** @throws Refused `not-found` where no format takes anything. */
export const addressed = (event: HttpEvent): Addressed => {
  const path = event.rawPath.replace(/\/$/, '');
  const fixed = SOURCES.find(({ about }) => about.paths?.includes(path));
  if (fixed) return { entry: fixed, path };
  const [, name = '', key = ''] = OWN_PATH.exec(path) ?? [];
  const entry = findSource(name);
  if (!entry) throw new Refused('not-found', `Alerts cannot be sent to this path. ${knownPaths()}`);
  if (entry.about.paths)
    throw new Refused('not-found', `Send this format to ${entry.about.paths.join(' or ')}.`);
  return { entry, path, key };
};

const knownPaths = (): string =>
  `Use ${SOURCES.map(({ about }) => about.paths?.[0] ?? `/v1/alerts/${about.name}/{key}`).join(', ')}.`;

/**
 * The request as a source reads it. A body is JSON, whatever it calls itself: curl calls everything a form.
 * @throws Refused `too-large` over 512 KB; `invalid` when it has to be JSON and is not, or is unfit to be kept.
 */
export const arrived = (event: HttpEvent, { entry, path }: Addressed): Arrived => {
  const contentType = (headerOf(event, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const raw = bodyOf(event) ?? '';
  if (Buffer.byteLength(raw) > MOST_BYTES) throw new Refused('too-large', 'Send at most 512 KB.');
  const query = Object.fromEntries(new URLSearchParams(event.rawQueryString ?? ''));
  const text = typeof raw === 'string' ? raw : new TextDecoder().decode(raw);
  const plain = entry.about.plain && !isJson(text, contentType);
  return { path, contentType, query, body: plain ? text : readJson(raw) };
};

/** Of a source that takes plain bodies: is this one JSON all the same? */
const isJson = (text: string, contentType: string): boolean =>
  text.trim() !== '' &&
  (JSON_TYPE.test(contentType) || (contentType !== 'text/plain' && text.trimStart().startsWith('{')));
