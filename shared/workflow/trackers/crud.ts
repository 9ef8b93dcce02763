import * as z from 'zod';
import { invalid, parse } from '../../domain/parse.ts';
import {
  problemsWithTracker,
  type Tracker,
  TrackerBody,
  trackers,
} from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import {
  authoriseMaking,
  change,
  create,
  draft,
  find,
  requireVersion,
  type Writer,
} from '../directory/crud.ts';
import { requireReferences } from '../directory/references.ts';
import { remove } from '../directory/remove.ts';
import type { Caller } from '../engine/caller.ts';
import type { Ports } from '../engine/ports.ts';
import { issueTracker } from './issue-trackers.ts';
import { forgetSecret, keepSecret, secretOf, type TrackerSecret, tokenOf } from './secret.ts';

/** A tracker with what is shown once: where its webhook is to send to, and what it is to sign with. */
export interface MadeTracker extends Tracker {
  webhook: { url: string; secret: string };
}

const { name, linksAll, account, apiUrl, token } = TrackerBody.shape;
const TrackerPatch = z
  .strictObject({
    ...{ name, apiUrl, token },
    linksAll: linksAll.removeDefault(),
    account: account.nullable(),
  })
  .partial();

/**
 * Makes a tracker, once it has shown the project to the token. Token and webhook secret go to the vault.
 * @throws Refused `invalid` with what the tracker answered, or why there was no answer.
 */
export const makeTracker = async (ports: Ports, caller: Caller, body: TrackerBody): Promise<MadeTracker> => {
  const { token: given, ...fields } = body;
  const record = draft(trackers, fields, caller.invocation);
  await authoriseMaking(ports, caller, { resource: trackers, record });
  await requireReferences(ports, caller, trackers.references?.(record) ?? []);
  await requireAccess(ports, record, given);
  const secret = { token: given, apiUrl: record.apiUrl, webhook: ports.newSecret() };
  await keepSecret(ports, record.id, secret);
  try {
    return withWebhook(ports, await create(ports, caller, { resource: trackers, record }), secret.webhook);
  } catch (error) {
    // It may have been made without our hearing of it; then its secrets are needed.
    if (!(await ports.store.get({ kind: 'tracker', id: record.id }))) await forgetSecret(ports, record.id);
    throw error;
  }
};

const withWebhook = (ports: Ports, tracker: Tracker, secret: string): MadeTracker => ({
  ...tracker,
  webhook: { url: `${ports.settings.publicUrl}/v1/trackers/${tracker.id}/events`, secret },
});

/** @throws Refused `invalid` unless the tracker shows the project to the token. */
const requireAccess = async (ports: Ports, tracker: Tracker, given: string): Promise<void> => {
  const problems = problemsWithTracker(tracker);
  if (problems.length > 0) throw invalid(problems);
  try {
    await issueTracker(ports, tracker, given).check();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw invalid([{ path: fieldOf(error), message: error.message }]);
  }
};

/** Which field is likely to be wrong. */
const fieldOf = ({ code }: Refused): string => {
  if (code === 'unavailable') return 'body.apiUrl';
  return code === 'unauthenticated' ? 'body.token' : 'body.project';
};

type Patch = Partial<z.infer<typeof TrackerPatch>>;

/**
 * Changes a tracker. Another address wants the token again: what was kept for one address is shown to no other. Where
 * the secrets were lost, the webhook gets a new one, which is shown.
 * @throws Refused `invalid` with what the tracker answered, `stale`.
 */
export const changeTracker = async (
  ports: Ports,
  caller: Writer,
  { id, patch }: { id: string; patch: object },
): Promise<Tracker | MadeTracker> => {
  const { principal, ifMatch } = caller;
  const before = await find(ports, trackers, { id, principal, role: 'admin' });
  requireVersion(before, ifMatch);
  const fields = parse(TrackerPatch, patch, 'body');
  const { token: given, ...rest } = fields;
  if (fields.apiUrl && fields.apiUrl !== before.apiUrl && !given)
    throw invalid([{ path: 'body.token', message: 'is required again with a new apiUrl' }]);
  const secret = await secretOf(ports, id);
  const kept =
    given || fields.account !== undefined ? await exchange(ports, { before, secret }, fields) : undefined;
  try {
    const after = await change(ports, caller, { resource: trackers, id, patch: rest });
    return kept && !secret ? withWebhook(ports, after, kept.webhook) : after;
  } catch (error) {
    // It may have been changed without our hearing of it; then what is kept by now is for the right address.
    const now = kept && secret && (await ports.store.get({ kind: 'tracker', id }));
    if (now && now.apiUrl !== kept.apiUrl) await keepSecret(ports, id, secret);
    throw error;
  }
};

interface Exchanged {
  before: Tracker;
  secret: TrackerSecret | undefined;
}

/** The new token, or the kept one with another account, has to open the project. Gives what is kept anew. */
const exchange = async (
  ports: Ports,
  { before, secret }: Exchanged,
  fields: Patch,
): Promise<TrackerSecret | undefined> => {
  const used = fields.token ?? (await tokenOf(ports, before));
  if (!used) throw invalid([{ path: 'body.token', message: 'is missing: set it again' }]);
  const account = fields.account === undefined ? before.account : (fields.account ?? undefined);
  const after = { ...before, account, apiUrl: fields.apiUrl ?? before.apiUrl };
  await requireAccess(ports, after, used);
  if (!fields.token) return undefined;
  const kept = {
    ...{ token: fields.token, apiUrl: after.apiUrl },
    webhook: secret?.webhook ?? ports.newSecret(),
  };
  await keepSecret(ports, before.id, kept);
  return kept;
};

/**
 * Removes a tracker and its secrets. The issues stay where they are, and so do their addresses on what is proven.
 * @throws Refused `in-use` while an action item that waits to be proven is linked to it.
 */
export const removeTracker = async (ports: Ports, caller: Writer, id: string): Promise<void> => {
  await remove(ports, caller, { resource: trackers, id });
  await forgetSecret(ports, id);
};
