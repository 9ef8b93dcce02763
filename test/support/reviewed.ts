import { FollowUp } from '../../shared/domain/directory/follow-up.ts';
import type { ActionItem } from '../../shared/domain/preventive/action-item/action-item.ts';
import type { DocumentAround } from '../../shared/domain/preventive/document/document.ts';
import type { Evidence } from '../../shared/domain/preventive/evidence/evidence.ts';
import type { Finding } from '../../shared/domain/preventive/finding/finding.ts';
import type { Contents } from '../../shared/domain/preventive/review/contents.ts';
import type { Review } from '../../shared/domain/preventive/review/review.ts';
import type { ReviewSection, SectionName } from '../../shared/domain/preventive/review/section.ts';

const NOW = '2026-03-10T09:00:00.000Z';
const aggregate = { version: 1, createdAt: NOW, updatedAt: NOW };
const of = { reviewId: 'rev_1', clientId: 'cli_1', version: 1 };
const ada = { kind: 'person' as const, id: 'per_ada', name: 'Ada Berg' };

/** The review of an evening on which nobody could buy a book. */
export const review = (change: Partial<Review> = {}): Review => ({
  ...{ kind: 'review', id: 'rev_1', ...aggregate, clientId: 'cli_1', clientName: 'Harbour Books' },
  ...{ serviceId: 'svc_1', serviceName: 'Web shop', incidentId: 'inc_1', incidentNumber: 7 },
  ...{ title: 'Checkout is down', severity: 'sev1', status: 'writing', generation: 1, because: ['severity'] },
  ...{ dueAt: '2026-03-14T09:00:00.000Z', technique: 'five-whys', problem: 'Nobody could pay' },
  ...{ ownerId: 'per_bo', technicalLeadId: 'per_ada', projectManagerId: 'per_dan', authors: [] },
  ...{ episode: 1, revision: 3, approvals: [], publications: 0 },
  ...change,
});

export const section = (name: SectionName, text: string, choice?: string): ReviewSection => ({
  ...{ kind: 'review-section', ...of, name, text, ...(choice ? { choice } : {}) },
  ...{ writtenBy: ada, updatedAt: NOW },
});

/** A finding that was written after those of lesser ids. */
export const finding = (id: string, answers: string[], change: Partial<Finding> = {}): Finding => ({
  ...{ kind: 'finding', ...of, id, createdAt: NOW, updatedAt: NOW, technique: 'five-whys' },
  ...{ text: `The ${id}.`, answers, evidenceIds: [], writtenBy: ada },
  ...change,
});

export const link = (id: string, change: Partial<Evidence> = {}): Evidence => ({
  ...{ kind: 'evidence', ...of, id, type: 'link', title: `Graph ${id}` },
  ...{ url: `https://graphs.example.com/${id}`, addedBy: ada, addedAt: NOW },
  ...change,
});

export const contents = (change: Partial<Contents> = {}): Contents => ({
  ...{ review: review(), sections: [], findings: [], evidence: [], publications: [] },
  ...change,
});

export const item = (change: Partial<ActionItem> = {}): ActionItem => ({
  ...{ kind: 'action-item', id: 'act_1', ...aggregate, clientId: 'cli_1', title: 'Cap the pool' },
  ...{ type: 'long-term-fix', priority: 'high', ownerId: 'per_bo', dueAt: '2026-04-01T12:00:00.000Z' },
  ...{ origin: { type: 'review', id: 'rev_1' }, causeIds: [], status: 'open', generation: 1, reopenings: 0 },
  verification: { type: 'no-recurrence', for: 'P90D' },
  followUp: FollowUp.parse({}),
  ...change,
});

export const context = (change: Partial<DocumentAround> = {}): DocumentAround => ({
  incident: { openedAt: '2026-03-09T18:00:00.000Z', resolvedAt: '2026-03-09T19:30:00.000Z' },
  actionItems: [],
  names: new Map([['per_bo', 'Bo Okafor']]),
  ...change,
});
