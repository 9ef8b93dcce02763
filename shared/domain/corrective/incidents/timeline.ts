import * as z from 'zod';
import type { Invocation } from '../../id.ts';
import { type HistoryWriter, historyWriter } from '../../outbox/history.ts';

/** What happens to an incident. */
export const EntryKind = z.enum([
  'opened',
  'alert-joined',
  'alert-resolved',
  'severity-raised',
  'step-taken',
  'page-promised',
  'page-handed-over',
  'page-delivered',
  'page-failed',
  'page-given-up',
  'page-skipped',
  'nobody-reached',
  'exhausted',
  'fallback-paged',
  'acknowledged',
  'contained',
  'resolved',
  'reopened',
  'closed',
  'note',
  'escalated',
  'help-requested',
  'recognised',
  'review-due',
]);
export type EntryKind = z.infer<typeof EntryKind>;

/** An incident's history, called its timeline. */
export type Timeline = HistoryWriter<EntryKind>;

export const timelineOf = (
  of: { id: string; clientId: string },
  invocation: Invocation,
  firstPlace = 0,
): Timeline => historyWriter<EntryKind>(of, invocation, firstPlace);
