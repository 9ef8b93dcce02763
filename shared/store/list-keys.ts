import { ulid } from '../domain/id.ts';
import type { List } from '../domain/records.ts';
import { isResourceKind, RESOURCES, type ResourceKind } from '../domain/resources.ts';
import { epoch, type Instant } from '../domain/time.ts';
import { historyPrefix } from './keys.ts';
import type { ListIndex } from './table.ts';

/** The one partition that a list is read from, and which part of it. */
export interface ListPlace {
  /** Absent for lists that are an item collection of the table itself, and then strongly consistent. */
  index?: ListIndex;
  pk: string;
  /** Only sort keys that begin so. */
  prefix?: string;
  /** Only sort keys from the first, up to the second. */
  between?: [string, string];
  newestFirst: boolean;
}

const LAST_TIME_OF_AN_ID = 2 ** 48 - 1;

/** What the ids of incidents opened at an instant begin with; sorts before all of them. */
const incidentsFrom = (at: Instant): string => {
  const time = Math.min(Math.max(epoch(at), 0), LAST_TIME_OF_AN_ID);
  return `inc_${ulid(time, new Uint8Array()).slice(0, 10)}`;
};

/** The last sort key before an id: a range of the table includes its end. */
const justBefore = (id: string): string =>
  `${id.slice(0, -1)}${String.fromCharCode(id.charCodeAt(id.length - 1) - 1)}~`;

/** `from` is included, `to` and `before` are not. */
const range = ({ from, to, before }: { from?: string; to?: string; before?: string }) => {
  if (!from && !to && !before) return {};
  const ends = [to ? incidentsFrom(to) : '~', before ? justBefore(before) : '~'].sort();
  return { between: [from ? incidentsFrom(from) : ' ', ends[0] ?? '~'] as [string, string] };
};

const incidents = (list: List<'incident'>): ListPlace => ({
  ...(list.status
    ? { index: 'gsi2', pk: `client#${list.clientId}#incidents#${list.status}` }
    : { index: 'gsi1', pk: `client#${list.clientId}#incidents` }),
  ...range(list),
  newestFirst: true,
});

/** A client's, newest first. */
const ofClient = (list: { of: string; clientId: string; before?: string }): ListPlace => ({
  index: 'gsi1',
  pk: `client#${list.clientId}#${isResourceKind(list.of) ? RESOURCES[list.of].path : `${list.of}s`}`,
  ...range(list),
  newestFirst: true,
});

const ofResource = (list: List<ResourceKind>): ListPlace =>
  'clientId' in list ? ofClient(list) : { index: 'gsi1', pk: `all#${list.of}`, newestFirst: false };

/** What belongs to one thing beside its client, oldest first. */
const under = (pk: string): ListPlace => ({ index: 'gsi2', pk, newestFirst: false });

const alerts = (list: List<'alert'>): ListPlace =>
  'incidentId' in list ? under(`incident#${list.incidentId}#alerts`) : ofClient(list);

const owned = (pk: string, prefix: string): ListPlace => ({ pk, prefix, newestFirst: false });

/** Where a list is; the counterpart of the builders in `keys.ts`. */
export const placeOf = (list: List): ListPlace => {
  switch (list.of) {
    case 'incident':
      return incidents(list);
    case 'alert':
      return alerts(list);
    case 'service':
      return 'providerId' in list ? under(`provider#${list.providerId}#services`) : ofClient(list);
    case 'provider-ticket':
      return 'incidentId' in list ? under(`incident#${list.incidentId}#tickets`) : ofClient(list);
    case 'provider-incident':
      return {
        index: 'gsi1',
        pk: `provider#${list.providerId}#incidents`,
        ...range(list),
        newestFirst: true,
      };
    case 'notice':
      return owned(list.subjectId, `notice#${list.prefix ?? ''}`);
    case 'history-entry':
      return owned(list.subjectId, historyPrefix(list.subjectId));
    case 'provider-impact':
      return 'incidentId' in list ? owned(list.incidentId, 'impact#') : ofClient(list);
    case 'action-item':
      return 'originId' in list ? under(`origin#${list.originId}#action-items`) : ofClient(list);
    case 'review-section':
      return owned(list.reviewId, 'section#');
    case 'finding':
      return owned(list.reviewId, 'finding#');
    case 'evidence':
      return owned(list.reviewId, 'evidence#');
    case 'publication':
      return owned(list.reviewId, 'publication#');
    case 'cause-sighting':
      return owned(list.causeId, 'sighting#');
    case 'cause-action':
      return owned(list.causeId, 'action#');
    case 'fingerprint':
      return { pk: `likeness#${list.serviceId}`, between: [' ', list.from], newestFirst: true };
    case 'review':
    case 'cause':
    case 'traffic-event':
    case 'change':
      return ofClient(list);
    case 'page':
      return owned(list.incidentId, `page#${list.prefix ?? ''}`);
    case 'open-alert':
      return owned(list.incidentId, 'open-alert#');
    case 'effect':
      return owned(list.subjectId, 'effect#');
    case 'tracked-issue':
      return owned(list.trackerId, 'issue#');
    case 'use':
      return owned(list.usedId, 'used-by#');
    default:
      return ofResource(list);
  }
};
