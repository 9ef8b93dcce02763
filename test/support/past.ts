import type { StoredRecord } from '../../shared/domain/records.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { move } from '../../shared/workflow/incidents/actions.ts';
import type { AnswerView } from '../../shared/workflow/paging/answer-page.ts';
import { viewByLink } from '../../shared/workflow/paging/answer-page.ts';
import { deriveToken } from '../../shared/workflow/paging/links.ts';
import type { Desk } from './desk.ts';

type Name = keyof Desk['cast']['people'];

/** Somebody moves an incident and says what they did. */
export const says = async (
  desk: Desk,
  who: Name,
  { what, note, of }: { what: 'contain' | 'resolve'; note: string; of?: string },
): Promise<void> => {
  const { id, name } = desk.cast.people[who];
  const incident = await desk.incident(of);
  const actor = { kind: 'person' as const, id, name };
  await move(desk.ports, incident.id, what, { actor, by: id, note, invocation: newInvocation(desk.ports) });
  await desk.reconcile();
};

/** The page of an incident as Ada's one-tap link opens it. */
export const pageOf = async ({ ports, cast }: Desk, incidentId: string): Promise<AnswerView> => {
  const [key] = await ports.secrets.linkKeys();
  if (!key) throw new Error('There is no key.');
  const personId = cast.people.ada.id;
  return viewByLink(ports, { incidentId, personId, token: deriveToken(key, { incidentId, personId }) });
};

/** What the timeline says of an incident that was recognised. */
export const recognised = async (desk: Desk, incidentId: string): Promise<string[]> =>
  (await desk.timeline(incidentId)).filter(({ what }) => what === 'recognised').map(({ text }) => text);

/** A review that is approved: what it says helped, and the cause that it found. */
export const approvedReview = async (
  desk: Desk,
  { of, cause, fix }: { of: string; cause: { id: string; isNew: boolean }; fix: string },
): Promise<string> => {
  const { ports, cast } = desk;
  const incident = await desk.incident(of);
  const { ada, bo, cy } = cast.people;
  const now = ports.clock.now();
  const id = incident.id.replace('inc_', 'rev_');
  const aggregate = { version: 1, createdAt: now, updatedAt: now, clientId: incident.clientId };
  const actor = { kind: 'person' as const, id: ada.id, name: ada.name };
  const written = { reviewId: id, writtenBy: actor };
  const records: StoredRecord[] = [
    {
      ...{ kind: 'review', id, ...aggregate, incidentId: of, incidentNumber: incident.number, episode: 1 },
      ...{ clientName: incident.clientName, serviceId: incident.serviceId, serviceName: 'Shop' },
      ...{ title: incident.title, severity: 'sev1', status: 'approved', generation: 3, because: ['always'] },
      ...{ dueAt: now, technique: 'five-whys', problem: 'Why?', authors: [ada.id], revision: 2 },
      ...{ technicalLeadId: bo.id, projectManagerId: cy.id, approvals: [], publications: 0 },
    },
    { kind: 'review-section', ...aggregate, ...written, name: 'fix', text: fix },
    {
      ...{ kind: 'finding', id: id.replace('rev_', 'fnd_'), ...aggregate, ...written, text: 'Because.' },
      ...{ technique: 'five-whys', answers: ['problem'], evidenceIds: [] },
      cause: { id: cause.id, type: 'capacity' },
    },
  ];
  if (cause.isNew)
    records.push({
      ...{ kind: 'cause', id: cause.id, ...aggregate, serviceId: incident.serviceId, type: 'capacity' },
      ...{ text: 'The pool is too small', reviewId: id },
    });
  await ports.store.commit(records.map((put) => ({ put })));
  await ports.store.commit([
    {
      put: {
        ...{ kind: 'effect', subjectId: of, id: `eff_${id}`, clientId: incident.clientId, dueAt: now },
        ...{ attempts: 0, perform: { type: 'record-outcome', incidentId: of, episode: incident.episode } },
      },
    },
  ]);
  await desk.reconcile();
  return id;
};
