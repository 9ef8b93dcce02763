import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LinkKey, Ports } from '../../shared/workflow/engine/ports.ts';
import { answerLink, deriveToken, opensLink, verifyToken } from '../../shared/workflow/paging/links.ts';

const old: LinkKey = { version: 1, secret: 'the first secret of the tests' };
const newest: LinkKey = { version: 2, secret: 'the second secret of the tests' };
const subject = { incidentId: 'inc_1', personId: 'per_1' };

const desk = (...keys: LinkKey[]): Pick<Ports, 'secrets' | 'settings'> => ({
  secrets: { linkKeys: async () => keys, adminKeyHash: async () => '' },
  settings: { publicUrl: 'https://desk.example.com', smsReplies: false, eventsPerMinute: 1, alarmTopics: [] },
});

it('is 128 bits of HMAC over incident, person, purpose and key version', () => {
  const mac = createHmac('sha256', old.secret).update('inc_1|per_1|answer|1').digest();
  expect(deriveToken(old, subject)).toBe(`1.${mac.subarray(0, 16).toString('base64url')}`);
});

it('makes the link with the newest key', async () => {
  expect(await answerLink(desk(newest, old), subject)).toBe(
    `https://desk.example.com/a/inc_1/per_1/${deriveToken(newest, subject)}`,
  );
});

it('refuses to make a link that nobody could verify', async () => {
  await expect(answerLink(desk(), subject)).rejects.toThrow('no key');
});

it('makes links for the fallback contact', async () => {
  const fallback = { incidentId: 'inc_1', personId: 'fallback' };
  expect(await opensLink(desk(newest), fallback, deriveToken(newest, fallback))).toBe(true);
});

it('asks for the key that a link was made with, which may be newer than those that are known', async () => {
  const token = deriveToken(newest, subject);
  const secrets = {
    linkKeys: async (wanted?: number) => (wanted === 2 ? [newest, old] : [old]),
    adminKeyHash: async () => '',
  };
  expect(await opensLink({ secrets }, subject, token)).toBe(true);
});

describe('a token', () => {
  const token = deriveToken(old, subject);
  const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`;

  it.each([
    ['under the newest key', subject, deriveToken(newest, subject), true],
    ['under an older key', subject, token, true],
    ['for another person', { ...subject, personId: 'per_2' }, token, false],
    ['for another incident', { ...subject, incidentId: 'inc_2' }, token, false],
    ['for ids whose border was moved', { incidentId: 'inc_1|per_1', personId: 'answer' }, token, false],
    ['with its last character changed', subject, flipped, false],
    ['with another version before it', subject, token.replace('1.', '2.'), false],
    ['of an unknown version', subject, token.replace('1.', '3.'), false],
    ['with a leading zero', subject, `0${token}`, false],
    ['cut short', subject, token.slice(0, -1), false],
    ['with more behind it', subject, `${token}A`, false],
    ['that is empty', subject, '', false],
  ])('%s', (_, of, given, opens) => expect(verifyToken([newest, old], of, given)).toBe(opens));

  it('dies with its key', () => expect(verifyToken([newest], subject, token)).toBe(false));
});
