import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import type { Person } from '../../shared/domain/directory/person.ts';
import type { HistoryEntry } from '../../shared/domain/outbox/history.ts';
import type { AnswerView } from '../../shared/workflow/paging/answer-page.ts';

const OPENED = '2026-01-05T03:12:00.000Z';
const aggregate = { version: 1, createdAt: OPENED, updatedAt: OPENED };

export const ada: Person = {
  ...aggregate,
  kind: 'person',
  id: 'per_ada',
  name: 'Ada',
  email: 'ada@example.com',
  timeZone: 'Europe/Stockholm',
  contactMethods: [],
  notificationRules: [],
};

export const incident = (change: Partial<Incident> = {}): Incident => ({
  ...aggregate,
  kind: 'incident',
  id: 'inc_1',
  clientId: 'cli_1',
  serviceId: 'svc_1',
  number: 12,
  title: 'Checkout is down',
  status: 'triggered',
  severity: 'sev1',
  urgency: 'high',
  drill: false,
  generation: 1,
  episode: 1,
  escalation: { state: 'running', loop: 0, step: 0 },
  openedAt: OPENED,
  serviceName: 'Shop',
  clientName: 'Harbour Books',
  ...change,
});

export const entry = (place: number, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  kind: 'history-entry',
  subjectId: 'inc_1',
  id: `tle_${String(place).padStart(3, '0')}`,
  clientId: 'cli_1',
  at: OPENED,
  what: 'note',
  text: `Entry ${place}.`,
  reason: 'noted',
  actor: { kind: 'firebreak', id: 'firebreak' },
  ...change,
});

/** The timeline's line about Bo's answer. */
export const boAnswered = entry(2, {
  what: 'acknowledged',
  text: 'Acknowledged by Bo.',
  actor: { kind: 'person', id: 'per_bo', name: 'Bo' },
});

/** What Ada sees of an open, unanswered incident, unless told otherwise. */
export const view = (change: Partial<Incident> = {}, rest: Partial<AnswerView> = {}): AnswerView => ({
  incident: incident(change),
  person: ada,
  personName: 'Ada',
  entries: [entry(1, { what: 'opened', text: 'Opened by an alert.' })],
  over: false,
  alike: [],
  ...rest,
});
