import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import { timelineOf } from '../../shared/domain/corrective/incidents/timeline.ts';
import { firebreak } from '../../shared/domain/directory/access.ts';
import { derive, type Invocation, ulid } from '../../shared/domain/id.ts';
import type { Actor } from '../../shared/domain/outbox/actor.ts';
import { PROBLEM } from '../../shared/domain/preventive/finding/finding.ts';
import { type Review, reviewIdOf } from '../../shared/domain/preventive/review/review.ts';
import { epoch } from '../../shared/domain/time.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { noticeLink } from '../../shared/workflow/paging/links.ts';
import { approveReview, submitReview } from '../../shared/workflow/reviews/actions.ts';
import { addEvidence } from '../../shared/workflow/reviews/add-evidence.ts';
import { openReview } from '../../shared/workflow/reviews/open.ts';
import { publishReview } from '../../shared/workflow/reviews/publish.ts';
import { putFinding } from '../../shared/workflow/reviews/put-finding.ts';
import { contentsOf, readableReview } from '../../shared/workflow/reviews/read.ts';
import { writeSection } from '../../shared/workflow/reviews/write-section.ts';
import { type Cast, callerOf, castOf } from './demo-cast.ts';
import { type Past, past } from './demo-past.ts';
import { doDemoActions } from './demo-review-actions.ts';
import { WHYS } from './demo-review-findings.ts';
import { LINKS, OUTAGE, SECTIONS_WRITTEN } from './demo-review-story.ts';

/** The same on every machine: when it opened, and nothing by chance. */
const DRAW: Invocation = {
  now: OUTAGE.openedAt,
  id: ulid(
    epoch(OUTAGE.openedAt),
    Uint8Array.from({ length: 10 }, () => 0),
  ),
};
const INCIDENT_ID = derive('inc', DRAW, 'incident');

/**
 * Writes the review of an outage that is long over, as people do it, and tells nobody today. Its incident is closed
 * last: until then whatever is missing is written, so that a start that was killed is gone on with at the next one.
 * From then on all of it is the user's, and nothing is touched any more.
 */
export const writeDemoReview = async (ports: Ports): Promise<void> => {
  const cast = castOf(ports.clock.now());
  const incident = await ports.store.get({ kind: 'incident', id: INCIDENT_ID });
  if (incident?.status === 'closed' || !(await isHere(ports, cast))) return;
  const then = past(ports, OUTAGE.resolvedAt);
  if (!incident) await putIncident(then.ports, cast);
  then.at('2017-02-01T20:00:00.000Z');
  const review = await openReview(then.ports, callerOf(then.ports), {
    ...{ incidentId: INCIDENT_ID, by: cast.first.id, ownerId: cast.first.id },
    problem: OUTAGE.problem,
  });
  await write(then, review, cast);
  const doing = await doDemoActions(then, review, cast);
  await decide(then, review, cast);
  await doing();
  await close(ports);
};

/** The demo was put here, and nobody has taken any of these away. */
const isHere = async ({ store }: Ports, { service, client, ...people }: Cast): Promise<boolean> => {
  const keys = [service, client, ...Object.values(people)].map(({ kind, id }) => ({ kind, id }));
  return (await Promise.all(keys.map((key) => store.get(key)))).every((kept) => kept !== undefined);
};

/** The incident itself as it was left: nobody is paged for it any more. */
const putIncident = async ({ store }: Ports, cast: Cast): Promise<void> => {
  const { service, client, first } = cast;
  const { openedAt, resolvedAt, title, helped } = OUTAGE;
  const of = { id: INCIDENT_ID, clientId: client.id };
  const incident: Incident = {
    ...{ kind: 'incident', ...of, serviceId: service.id, version: 1 },
    ...{
      createdAt: openedAt,
      updatedAt: resolvedAt,
      number: await store.nextNumber(`incidents#${client.id}`),
      title,
    },
    ...{ status: 'resolved', severity: 'sev1', urgency: 'high', drill: false, generation: 3, episode: 1 },
    escalation: { state: 'stopped', loop: 0, step: 0 },
    ...{ openedAt, acknowledgedAt: openedAt, acknowledgedBy: first.id },
    resolvedAt,
    ...{ serviceName: service.name, clientName: client.name },
  };
  const actor: Actor = { kind: 'person', id: first.id, name: first.name };
  const begun = timelineOf(of, DRAW);
  begun.write({ what: 'opened', text: `Opened: ${title}`, reason: 'opened', actor });
  begun.write({ what: 'acknowledged', text: `${first.name} is on it.`, reason: 'acknowledged', actor });
  const over = timelineOf(of, { now: resolvedAt, id: ulid(epoch(resolvedAt), new Uint8Array(10)) });
  over.write({ what: 'resolved', text: `Resolved by ${first.name}: ${helped}`, reason: 'resolved', actor });
  const entries = [...begun.entries, ...over.entries];
  await store.commit([{ put: incident, guard: 'new' }, ...entries.map((put) => ({ put }))]);
};

const close = async ({ store }: Ports): Promise<void> => {
  const { closedAt } = OUTAGE;
  const incident = await store.get({ kind: 'incident', id: INCIDENT_ID });
  if (!incident) return;
  const history = timelineOf(incident, { now: closedAt, id: ulid(epoch(closedAt), new Uint8Array(10)) });
  history.write({ what: 'closed', text: 'Closed: its review is done.', reason: 'closed' });
  const { version } = incident;
  const put: Incident = { ...incident, status: 'closed', version: version + 1, closedAt };
  await store.commit([{ put, guard: version }, ...history.entries.map((entry) => ({ put: entry }))]);
};

const write = async ({ ports, at }: Past, { id }: Review, cast: Cast): Promise<void> => {
  at('2017-02-02T10:00:00.000Z');
  const written = await contentsOf(ports, await readableReview(ports, firebreak, id));
  const evidenceIds: string[] = [];
  for (const { title, url } of LINKS) {
    const body = { type: 'link' as const, title, url, by: cast.second.id };
    const kept = written.evidence.find((each) => each.url === url);
    evidenceIds.push((kept ?? (await addEvidence(ports, callerOf(ports), { id, body }))).id);
  }
  for (const { name, by, ...section } of SECTIONS_WRITTEN)
    await writeSection(ports, callerOf(ports), { id, name, body: { ...section, by: cast[by].id } });
  at('2017-02-03T14:00:00.000Z');
  const found = new Map([['problem', PROBLEM]]);
  for (const { key, answers, text, cause, shown = [] } of WHYS) {
    const body = {
      ...{ by: cast.first.id, text, answers: answers.map((answered) => found.get(answered) ?? '') },
      evidenceIds: shown.flatMap((place) => evidenceIds[place] ?? []),
      ...(cause ? { cause: { type: cause } } : {}),
    };
    const kept = written.findings.find((finding) => finding.text === text);
    found.set(key, (kept ?? (await putFinding(ports, callerOf(ports), { id, body }))).id);
  }
};

const decide = async ({ ports, at }: Past, { id }: Review, { first, lead, manager }: Cast): Promise<void> => {
  at('2017-02-06T09:00:00.000Z');
  await submitReview(ports, callerOf(ports), { id, by: first.id });
  at('2017-02-07T13:00:00.000Z');
  await approveReview(ports, callerOf(ports), { id, by: lead.id });
  at('2017-02-08T08:30:00.000Z');
  await approveReview(ports, callerOf(ports), { id, by: manager.id });
  at('2017-02-10T12:00:00.000Z');
  await publishReview(ports, callerOf(ports), { id, by: manager.id });
};

/** Where the demo's review can be read without a key: the link that its technical lead was sent; undefined without it. */
export const demoReviewLink = async (ports: Ports): Promise<string | undefined> => {
  const id = reviewIdOf(INCIDENT_ID);
  const review = await ports.store.get({ kind: 'review', id });
  if (!review?.technicalLeadId || review.publications === 0) return undefined;
  return noticeLink(ports, { subjectId: id, recipientId: review.technicalLeadId });
};
