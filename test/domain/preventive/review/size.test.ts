import { expect, test } from 'vitest';
import { approve } from '../../../../shared/domain/preventive/review/approving.ts';
import { draft } from '../../../../shared/domain/preventive/review/opening.ts';
import { waive } from '../../../../shared/domain/preventive/review/publishing.ts';
import { MOST_AUTHORS, type Review } from '../../../../shared/domain/preventive/review/review.ts';
import { context, incident, invocation, NOW } from '../review-scene.ts';

const id = (kind: string, place: number): string => `${kind}_01KE6F3G00${String(place).padStart(16, '0')}`;
const LONGEST_NAME = 'n'.repeat(200);
const person = (place: number) => ({ kind: 'person' as const, id: id('per', place), name: LONGEST_NAME });
const [LEAD, MANAGER] = [person(900), person(901)];

/** All of it as long as it may be: what monitors say, names, and everybody who wrote. */
const fullest = (): Review => ({
  ...draft(
    incident({
      ...{ title: 't'.repeat(1024), clientName: LONGEST_NAME, serviceName: LONGEST_NAME },
      ...{ id: id('inc', 1), clientId: id('cli', 1), serviceId: id('svc', 1) },
    }),
    {
      ...{ because: ['always', 'severity', 'breach', 'repeat'], dueAt: NOW, problem: 'p'.repeat(200) },
      ...{ ownerId: id('per', 902), technicalLeadId: LEAD.id, projectManagerId: MANAGER.id },
    },
    invocation,
  ),
  ...{ status: 'in-review', submittedAt: NOW, publishedAt: NOW, publications: 12, revision: 1200 },
  authors: Array.from({ length: MOST_AUTHORS }, (_, place) => id('per', place)),
});

const size = (review: Review): number => Buffer.byteLength(JSON.stringify(review));

test('a review stays under 4 KB, however much is said and however many write in it', () => {
  const deciding = { context: context(), invocation };
  const first = approve(fullest(), {}, { ...deciding, actor: LEAD }).state;
  expect(size(approve(first, {}, { ...deciding, actor: MANAGER }).state)).toBeLessThan(4096);
  const waived = waive(fullest(), 'r'.repeat(500), { ...deciding, actor: LEAD }).state;
  expect(size(waived)).toBeLessThan(4096);
});
