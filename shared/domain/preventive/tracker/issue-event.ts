import type { Actor } from '../../outbox/actor.ts';
import type { Issue, KnownIssue } from './issue.ts';

/** What a tracker's webhook says. */
export type IssueEvent =
  | {
      what: 'seen';
      issue: Issue;
      by: string;
      /** Somebody with a say there points it at an action item; anybody may open one. */
      trusted: boolean;
      /** It is new there, or was pointed at something. */
      fresh: boolean;
    }
  /** It is not there any more; `movedTo` is where it went. */
  | { what: 'gone'; key: string; by: string; movedTo?: string | undefined }
  | { what: 'nothing'; reason: string };

/** What is news of an issue: undefined when nothing is, or when more is known already. */
export interface News {
  status?: Issue['state'];
  title?: string;
}

/** What an issue says that is not known of it yet, or why it says nothing. Repeats and late ones say nothing. */
export const newsIn = (issue: Issue, known: KnownIssue): News | string => {
  const news: News = {
    ...(issue.state === known.state ? {} : { status: issue.state }),
    ...(known.title === undefined || issue.title === known.title ? {} : { title: issue.title }),
  };
  if (Object.keys(news).length === 0) return 'known-already';
  const { changedAt = '', writtenAt = '' } = known;
  // One piece of our own work may be several events of the same second, with what was between in them.
  const isOld = issue.changedAt < changedAt || issue.changedAt <= writtenAt;
  return isOld ? 'older-than-known' : news;
};

/** Who did it, as the history says it. */
export const actorThere = (tracker: { id: string; name: string }, by: string): Actor => ({
  kind: 'integration',
  id: tracker.id,
  name: by ? `${by} (${tracker.name})` : tracker.name,
});
