import type * as z from 'zod';
import { EscalationPolicy, PolicySnapshot } from './corrective/escalation-policy.ts';
import { Incident } from './corrective/incident.ts';
import { Page, PhoneIncident, SmsCode } from './corrective/page.ts';
import { Schedule } from './corrective/schedule.ts';
import { TimelineEntry } from './corrective/timeline.ts';
import { Effect, Timer } from './corrective/timer.ts';
import { Client } from './directory/client.ts';
import { Answer, ApiKey, Credential, Integration, Use } from './directory/integration.ts';
import { Person } from './directory/person.ts';
import { Service } from './directory/service.ts';
import { Alert, Change, Dedup, ForgottenAlerts, OpenAlert, OpenGroup } from './proactive/alert.ts';

/** Every kind of thing that is kept, and its schema. Attributes that a version does not know survive a write. */
export const RECORDS = {
  client: Client,
  service: Service,
  person: Person,
  'escalation-policy': EscalationPolicy,
  schedule: Schedule,
  integration: Integration,
  'api-key': ApiKey,
  credential: Credential,
  use: Use,
  answer: Answer,
  incident: Incident,
  'policy-snapshot': PolicySnapshot,
  'timeline-entry': TimelineEntry,
  page: Page,
  effect: Effect,
  timer: Timer,
  'sms-code': SmsCode,
  'phone-incident': PhoneIncident,
  alert: Alert,
  dedup: Dedup,
  'open-alert': OpenAlert,
  'forgotten-alerts': ForgottenAlerts,
  'open-group': OpenGroup,
  change: Change,
} as const;

export type Kind = keyof typeof RECORDS;
export type RecordOf<K extends Kind> = z.infer<(typeof RECORDS)[K]>;
export type StoredRecord = { [K in Kind]: RecordOf<K> }[Kind];
export type KindOf<R extends StoredRecord> = R['kind'];

/** The parts that name one record of a kind; a record itself is also a reference to itself. */
interface Names {
  client: 'id';
  service: 'id';
  person: 'id';
  'escalation-policy': 'id';
  schedule: 'id';
  integration: 'id';
  'api-key': 'id';
  credential: 'keyHash';
  use: 'usedId' | 'userKind' | 'userId';
  answer: 'id';
  incident: 'id';
  'policy-snapshot': 'incidentId';
  'timeline-entry': 'incidentId' | 'id';
  page: 'incidentId' | 'promise';
  effect: 'subjectId' | 'id';
  timer: 'id';
  'sms-code': 'phone' | 'code';
  'phone-incident': 'phone' | 'incidentId';
  alert: 'id';
  dedup: 'integrationId' | 'dedupKey';
  'open-alert': 'incidentId' | 'alertId';
  'forgotten-alerts': 'incidentId' | 'id';
  'open-group': 'serviceId';
  change: 'id';
}

export type Ref<K extends Kind = Kind> = {
  [P in K]: { kind: P } & Pick<RecordOf<P>, Names[P] & keyof RecordOf<P>>;
}[K];

interface OfClient {
  clientId: string;
  /** Only what has a lesser id: what is older. */
  before?: string;
}
interface OfIncident {
  incidentId: string;
}

/** What a list is of, by kind: the whole installation (by name), a client (newest first), an incident (oldest first). */
interface Lists {
  client: object;
  person: object;
  'escalation-policy': object;
  schedule: object;
  'api-key': object;
  service: OfClient;
  integration: OfClient;
  change: OfClient;
  alert: OfClient | OfIncident;
  /** All of a client's, or those of one status; between two instants of opening. */
  incident: OfClient & { status?: string; from?: string; to?: string };
  'timeline-entry': OfIncident;
  /** `prefix` narrows to the promises that begin with it. */
  page: OfIncident & { prefix?: string };
  'open-alert': OfIncident;
  /** What is promised about one thing and not done yet. */
  effect: { subjectId: string };
  use: { usedId: string };
}
export type ListedKind = keyof Lists;

/** The lists that exist; each is one index partition or one item collection, never a scan. */
export type List<K extends ListedKind = ListedKind> = { [P in K]: { of: P } & Lists[P] }[K];
