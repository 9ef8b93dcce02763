import * as z from 'zod';
import { Notice } from '../domain/outbox/notice.ts';
import { historyFor } from '../workflow/engine/find-for.ts';
import { historyView } from './history-view.ts';
import { ListQuery, listOf } from './list-query.ts';
import { type Route, route } from './route.ts';

const notice = Notice.shape;
const NoticeView = z.object({
  ...{ id: notice.id, occasion: notice.occasion, to: z.object(notice.to.shape) },
  ...{ subject: notice.subject, text: notice.text, state: notice.state, promisedAt: notice.promisedAt },
  ...{ handedOverAt: notice.handedOverAt, lastError: notice.lastError },
  ...{ acknowledgedAt: notice.acknowledgedAt, acknowledgedBy: notice.acknowledgedBy, answer: notice.answer },
});

interface Of {
  kind: 'provider-ticket' | 'review' | 'action-item';
  /** Where one of them is: `/v1/reviews/{id}`. */
  path: `/v1/${string}/{id}`;
  /** What people call one: `a review`. */
  called: string;
}

/** What happened to something that timers and notices tend to, and what was written about it. */
export const historyRoutes = ({ kind, path, called }: Of): Route[] => [
  route(
    `GET ${path}/history`,
    {
      about: `Lists the history of ${called}, oldest first, with the reason for each entry.`,
      needs: 'read',
      query: ListQuery,
      ...historyView,
    },
    ({ ports, caller, path: { id = '' }, query }) =>
      historyFor(ports, caller.principal, { kind, of: 'history-entry', id, ...query }),
  ),
  route(
    `GET ${path}/notices`,
    {
      about: `Lists every notice about ${called}: recipient, time, text and answer.`,
      needs: 'read',
      query: ListQuery,
      response: listOf(NoticeView),
    },
    ({ ports, caller, path: { id = '' }, query }) =>
      historyFor(ports, caller.principal, { kind, of: 'notice', id, ...query }),
  ),
];
