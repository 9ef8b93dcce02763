import type { Incident } from '../../../shared/domain/corrective/incidents/incident.ts';
import { ReviewRule } from '../../../shared/domain/directory/follow-up.ts';
import { ulid } from '../../../shared/domain/id.ts';
import type { Decision } from '../../../shared/domain/outbox/decision.ts';
import type { Notice } from '../../../shared/domain/outbox/notice.ts';
import type { Recipient } from '../../../shared/domain/outbox/subject.ts';
import type { Contents } from '../../../shared/domain/preventive/review/contents.ts';
import { draft } from '../../../shared/domain/preventive/review/opening.ts';
import type { Context } from '../../../shared/domain/preventive/review/planner.ts';
import type { Review } from '../../../shared/domain/preventive/review/review.ts';
import type { ReviewSection, SectionName } from '../../../shared/domain/preventive/review/section.ts';
import { after, epoch } from '../../../shared/domain/time.ts';

/** A Monday morning. */
export const NOW = '2026-01-05T09:00:00.000Z';

export const drawAt = (now: string) => ({ now, id: ulid(epoch(now), new Uint8Array(10)) });
export const invocation = drawAt(NOW);

export const personCalled = (name: string) => ({ kind: 'person' as const, id: `per_${name}`, name });

const recipient = (name: string): Recipient => ({
  ...{ id: `per_${name}`, name, channel: 'email', address: `${name}@example.com`, ours: true },
});

export const context = (rule: object = {}): Context => ({
  ...{ owner: recipient('ada'), lead: recipient('bo'), manager: recipient('cy') },
  rule: ReviewRule.parse(rule),
});

export const incident = (changes: Partial<Incident> = {}): Incident => ({
  ...{ kind: 'incident', id: 'inc_01KE6F3G00EXAMPLE000000001', version: 4, createdAt: NOW, updatedAt: NOW },
  ...{ clientId: 'cli_1', clientName: 'Harbour Books', serviceId: 'svc_1', serviceName: 'Shop' },
  ...{ number: 7, title: 'The shop is down', status: 'resolved', severity: 'sev1', urgency: 'high' },
  ...{ drill: false, generation: 3, episode: 1, escalation: { state: 'stopped', loop: 0, step: 0 } },
  ...{ openedAt: NOW, acknowledgedAt: after(NOW, 'PT3M'), resolvedAt: after(NOW, 'PT1H') },
  ...changes,
});

export const review = (changes: Partial<Review> = {}): Review => ({
  ...draft(
    incident(),
    {
      ...{ because: ['severity'], dueAt: after(NOW, 'P5D'), ownerId: 'per_ada' },
      ...{ technicalLeadId: 'per_bo', projectManagerId: 'per_cy' },
    },
    invocation,
  ),
  ...changes,
});

export const section = (name: SectionName, text: string, choice?: string): ReviewSection => ({
  ...{ kind: 'review-section', reviewId: review().id, name, clientId: 'cli_1', version: 1, text },
  ...{ writtenBy: personCalled('dee'), updatedAt: NOW },
  ...(choice ? { choice } : {}),
});

export const contents = (changes: Partial<Contents> = {}): Contents => ({
  review: review({ technique: 'free-text' }),
  sections: [
    section('summary', 'The shop was down.'),
    section('impact', 'No orders.'),
    section('analysis', 'A certificate had expired.'),
    section('fix', 'Renewed.', 'short-term'),
    section('one-person', '', 'yes'),
  ],
  ...{ findings: [], evidence: [], publications: [] },
  ...changes,
});

/** Who is told what, in short: `per_bo approve`. */
export const told = ({ outbox }: Decision<Review>): string[] =>
  outbox
    .filter((each): each is Notice => each.kind === 'notice')
    .map(({ to, occasion }) => `${to.id} ${occasion}`);

/** What is armed, and when. */
export const armed = ({ outbox }: Decision<Review>): [string, string][] =>
  outbox.flatMap((each) =>
    each.kind === 'timer' && each.command.type === 'run-task' ? [[each.command.task, each.dueAt]] : [],
  );
