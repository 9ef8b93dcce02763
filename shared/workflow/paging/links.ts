import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkKey, Ports } from '../engine/ports.ts';

const BYTES = 16;
const ID = /^[\w-]{1,64}$/;
const TOKEN = /^(\d{1,9})\.([\w-]{22})$/;

/** Whose link it is, and to what. `personId` is `fallback` for the installation's fallback contact. */
export interface LinkSubject {
  incidentId: string;
  personId: string;
  /** What it opens: a page's incident unless told. */
  purpose?: 'answer' | 'notice' | 'calendar';
}

/** `<key version>.<128 bits of HMAC-SHA-256>`: derived whenever it is needed, kept nowhere. */
export const deriveToken = (
  key: LinkKey,
  { incidentId, personId, purpose = 'answer' }: LinkSubject,
): string => {
  const mac = createHmac('sha256', key.secret).update(`${incidentId}|${personId}|${purpose}|${key.version}`);
  return `${key.version}.${mac.digest().subarray(0, BYTES).toString('base64url')}`;
};

/** The version of the key that a token says it was made with; undefined when it is none. */
const versionOf = (token: string): number | undefined => {
  const [, version] = TOKEN.exec(token) ?? [];
  return version === undefined ? undefined : Number(version);
};

/** Whether the token is the subject's under any of the keys. Takes as long for a near miss as for any other. */
export const verifyToken = (keys: LinkKey[], subject: LinkSubject, token: string): boolean => {
  const version = versionOf(token);
  const key = keys.find((candidate) => candidate.version === version);
  if (!key || !ID.test(subject.incidentId) || !ID.test(subject.personId)) return false;
  const expected = Buffer.from(deriveToken(key, subject));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
};

/** The one-tap link, signed with the newest key. */
export const answerLink = async (
  { secrets, settings }: Pick<Ports, 'secrets' | 'settings'>,
  subject: LinkSubject,
): Promise<string> => {
  const token = await newestToken(secrets, subject);
  return `${settings.publicUrl}/a/${subject.incidentId}/${subject.personId}/${token}`;
};

/** Whether the link that carried the token was made by us for the subject. */
export const opensLink = async (
  { secrets }: Pick<Ports, 'secrets'>,
  subject: LinkSubject,
  token: string,
): Promise<boolean> => verifyToken(await secrets.linkKeys(versionOf(token)), subject, token);

/** The link by which the recipient of a notice says that it was noted. */
export const noticeLink = async (
  { secrets, settings }: Pick<Ports, 'secrets' | 'settings'>,
  { subjectId, recipientId }: { subjectId: string; recipientId: string },
): Promise<string> => {
  const token = await newestToken(secrets, {
    incidentId: subjectId,
    personId: recipientId,
    purpose: 'notice',
  });
  return `${settings.publicUrl}/n/${subjectId}/${recipientId}/${token}`;
};

/** The address of a client's calendar feed. */
export const calendarLink = async (
  { secrets, settings }: Pick<Ports, 'secrets' | 'settings'>,
  clientId: string,
): Promise<string> => {
  const token = await newestToken(secrets, {
    incidentId: clientId,
    personId: 'calendar',
    purpose: 'calendar',
  });
  return `${settings.publicUrl}/n/${clientId}/calendar/${token}.ics`;
};

const newestToken = async (secrets: Ports['secrets'], subject: LinkSubject): Promise<string> => {
  const [newest] = await secrets.linkKeys();
  if (!newest) throw new Error('There is no key to sign links with.');
  return deriveToken(newest, subject);
};
