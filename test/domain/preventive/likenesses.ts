import type { Fingerprint } from '../../../shared/domain/preventive/recurrence/fingerprint.ts';
import { wordsOf } from '../../../shared/domain/preventive/recurrence/words-of.ts';
import { instant } from '../../../shared/domain/time.ts';

/** The place decides when it was: a greater one is newer. */
export const incidentAt = (place: number): string => `inc_${String(place).padStart(26, '0')}`;

/** What an incident of that place and title is known by. */
export const fingerprint = (
  place: number,
  title: string,
  change: Partial<Fingerprint> = {},
): Fingerprint => ({
  kind: 'fingerprint',
  serviceId: 'svc_1',
  incidentId: incidentAt(place),
  clientId: 'cli_1',
  version: 1,
  number: place,
  title,
  openedAt: instant(Date.UTC(2026, 0, 5) + place * 60_000),
  words: wordsOf({ title }),
  causeIds: [],
  ...change,
});
