import type * as z from 'zod';
import { PolicySnapshot } from './corrective/incidents/escalation-policy.ts';
import { Incident } from './corrective/incidents/incident.ts';
import { Page, PhoneIncident, SmsCode } from './corrective/paging/page.ts';
import { ProviderTicket } from './corrective/provider-tickets/provider-ticket.ts';
import { Answer, Credential, Use } from './directory/integration.ts';
import { HistoryEntry } from './outbox/history.ts';
import { Notice } from './outbox/notice.ts';
import { Effect, Timer } from './outbox/timer.ts';
import { ActionItem } from './preventive/action-item/action-item.ts';
import { Evidence } from './preventive/evidence/evidence.ts';
import { Finding } from './preventive/finding/finding.ts';
import { Cause, CauseAction, CauseSighting } from './preventive/recurrence/cause.ts';
import { Fingerprint, KnownAlert, SimilarIncidents } from './preventive/recurrence/fingerprint.ts';
import { Publication, Review, ReviewTemplate } from './preventive/review/review.ts';
import { ReviewSection } from './preventive/review/section.ts';
import { TrackedIssue } from './preventive/tracker/tracker.ts';
import { Alert, AlertsOpenAtResolve, Change, Dedup, OpenAlert, OpenGroup } from './proactive/alerts/alert.ts';
import {
  ProviderImpact,
  ProviderIncident,
  ProviderIncidentKey,
} from './proactive/provider-incidents/provider-incident.ts';
import { TrafficEvent } from './proactive/traffic/traffic-event.ts';
import { allResources, type ClientKind, type ResourceKind, type Resources } from './resources.ts';

type ResourceSchemas = { [K in ResourceKind]: Resources[K]['record'] };
const resourceSchemas = Object.fromEntries(
  allResources().map(({ kind, record }) => [kind, record]),
) as ResourceSchemas;

/** Every kind of thing that is kept, and its schema. Attributes that a version does not know survive a write. */
export const RECORDS = {
  ...resourceSchemas,
  credential: Credential,
  use: Use,
  answer: Answer,
  incident: Incident,
  'policy-snapshot': PolicySnapshot,
  page: Page,
  effect: Effect,
  timer: Timer,
  'sms-code': SmsCode,
  'phone-incident': PhoneIncident,
  alert: Alert,
  dedup: Dedup,
  'open-alert': OpenAlert,
  'alerts-open-at-resolve': AlertsOpenAtResolve,
  'open-group': OpenGroup,
  change: Change,
  'provider-ticket': ProviderTicket,
  'provider-incident': ProviderIncident,
  'provider-incident-key': ProviderIncidentKey,
  'provider-impact': ProviderImpact,
  'traffic-event': TrafficEvent,
  notice: Notice,
  'history-entry': HistoryEntry,
  review: Review,
  'review-section': ReviewSection,
  'review-template': ReviewTemplate,
  finding: Finding,
  evidence: Evidence,
  publication: Publication,
  cause: Cause,
  'cause-sighting': CauseSighting,
  'cause-action': CauseAction,
  fingerprint: Fingerprint,
  'known-alert': KnownAlert,
  'similar-incidents': SimilarIncidents,
  'action-item': ActionItem,
  'tracked-issue': TrackedIssue,
} as const;

export type Kind = keyof typeof RECORDS;
export type RecordOf<K extends Kind> = z.infer<(typeof RECORDS)[K]>;
export type StoredRecord = { [K in Kind]: RecordOf<K> }[Kind];

/** The parts that name one record of a kind; a record itself is also a reference to itself. */
interface Names extends Record<ResourceKind, 'id'> {
  credential: 'keyHash';
  use: 'usedId' | 'userKind' | 'userId';
  answer: 'id';
  incident: 'id';
  'policy-snapshot': 'incidentId';
  page: 'incidentId' | 'promise';
  effect: 'subjectId' | 'id';
  timer: 'id';
  'sms-code': 'phone' | 'code';
  'phone-incident': 'phone' | 'incidentId';
  alert: 'id';
  dedup: 'integrationId' | 'dedupKey';
  'open-alert': 'incidentId' | 'alertId';
  'alerts-open-at-resolve': 'incidentId' | 'id';
  'open-group': 'serviceId';
  change: 'id';
  'provider-ticket': 'id';
  'provider-incident': 'id';
  'provider-incident-key': 'providerId' | 'externalId';
  'provider-impact': 'clientId' | 'id';
  'traffic-event': 'id';
  notice: 'subjectId' | 'promise';
  'history-entry': 'subjectId' | 'id';
  review: 'id';
  'review-section': 'reviewId' | 'name';
  'review-template': 'clientId';
  finding: 'reviewId' | 'id';
  evidence: 'reviewId' | 'id';
  publication: 'reviewId' | 'number';
  cause: 'id';
  'cause-sighting': 'causeId' | 'incidentId';
  'cause-action': 'causeId' | 'actionItemId';
  fingerprint: 'serviceId' | 'incidentId';
  'known-alert': 'alertKey';
  'similar-incidents': 'incidentId';
  'action-item': 'id';
  'tracked-issue': 'trackerId' | 'key';
}

export type Ref<K extends Kind = Kind> = {
  [P in K]: { kind: P } & Pick<RecordOf<P>, Names[P] & keyof RecordOf<P>>;
}[K];

interface OfClient {
  clientId: string;
  /** Only what has a lesser id: what is older. */
  before?: string;
}
interface OfSubject {
  subjectId: string;
}
interface OfReview {
  reviewId: string;
}
interface OfIncident {
  incidentId: string;
}

/** What a list is of, by kind: the whole installation (by name), a client (newest first), an incident (oldest first). */
type OwnerLists = { [K in ResourceKind]: K extends ClientKind ? OfClient : object };
interface Lists extends Omit<OwnerLists, 'service'> {
  /** A client's, or those that a provider hosts. */
  service: OfClient | { providerId: string };
  'provider-ticket': OfClient | OfIncident;
  'traffic-event': OfClient;
  /** A client's, newest first, or all of one provider incident. */
  'provider-impact': OfClient | OfIncident;
  /** A provider's own, newest first. */
  'provider-incident': { providerId: string; before?: string };
  notice: OfSubject & { prefix?: string };
  'history-entry': OfSubject;
  change: OfClient;
  alert: OfClient | OfIncident;
  /** All of a client's, or those of one status; between two instants of opening. */
  incident: OfClient & { status?: string; from?: string; to?: string };
  /** `prefix` narrows to the promises that begin with it. */
  page: OfIncident & { prefix?: string };
  'open-alert': OfIncident;
  /** What is promised about one thing and not done yet. */
  effect: OfSubject;
  use: { usedId: string };
  review: OfClient;
  'review-section': OfReview;
  finding: OfReview;
  evidence: OfReview;
  publication: OfReview;
  cause: OfClient;
  'cause-sighting': { causeId: string };
  'cause-action': { causeId: string };
  /** A service's, newest first, down from that of one incident. */
  fingerprint: { serviceId: string; from: string };
  /** A client's, newest first, or those that came from one thing. */
  'action-item': OfClient | { originId: string };
  /** All issues of a tracker that stand for action items. */
  'tracked-issue': { trackerId: string };
}
export type ListedKind = keyof Lists;

/** The lists that exist; each is one index partition or one item collection, never a scan. */
export type List<K extends ListedKind = ListedKind> = { [P in K]: { of: P } & Lists[P] }[K];
