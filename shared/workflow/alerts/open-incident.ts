import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import { raiseSeverity, reconcileLater, reopen } from '../../domain/corrective/incidents/lifecycle.ts';
import { type OpeningContext, open, snapshotOf } from '../../domain/corrective/incidents/opening.ts';
import { type Timeline, timelineOf } from '../../domain/corrective/incidents/timeline.ts';
import { derive } from '../../domain/id.ts';
import { type Actor, actorOf } from '../../domain/outbox/actor.ts';
import { isWorse, urgencyOf } from '../../domain/outbox/severity.ts';
import type { Alert, Dedup, OpenGroup } from '../../domain/proactive/alerts/alert.ts';
import { joins, newsOf } from '../../domain/proactive/alerts/intake.ts';
import { after, milliseconds } from '../../domain/time.ts';
import { type Attempt, added, writesOf } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';
import { loadEscalationContext, loadOpeningContext } from '../incidents/escalation-context.ts';
import { monitor, type Outcome, type Placed } from './arrival.ts';
import { newsPages } from './notify-of-join.ts';

const actor = (placed: Placed): Actor => actorOf(monitor(placed.integration), placed.integration.source);

const alertIdOf = ({ invocation, event }: Placed): string =>
  derive('alt', invocation, `alert/${event.dedupKey}`);

const outcome = (placed: Placed, incidentId: string, reason: string): Outcome => ({
  dedupKey: placed.event.dedupKey,
  reason,
  alertId: alertIdOf(placed),
  incidentId,
});

/** The alert that the key meant in this incident until now, where no monitor resolved it: there is one of a key. */
const superseded = async (
  ports: Ports,
  { dedup, invocation }: Placed,
  incidentId: string,
): Promise<Write[]> => {
  if (!dedup?.open || !dedup.alertId || dedup.incidentId !== incidentId) return [];
  const alert = await ports.store.get({ kind: 'alert', id: dedup.alertId });
  if (!alert) throw new Error(`The alert ${dedup.alertId} of an open dedup key is missing.`);
  const { version } = alert;
  const resolved = { status: 'resolved' as const, resolvedAt: invocation.now, updatedAt: invocation.now };
  return [
    { put: { ...alert, ...resolved, version: version + 1 }, guard: version },
    { remove: { kind: 'open-alert', incidentId, alertId: alert.id } },
  ];
};

/** The alert, what its key means from now on, and its mark under the incident. */
const alertWrites = async (ports: Ports, placed: Placed, incidentId: string): Promise<Write[]> => {
  const { integration, event, invocation, dedup } = placed;
  const { clientId, serviceId, integrationId, source } = integration;
  const { action: _, at: _at, saidAt: _saidAt, dedupKey, episode, ...said } = event;
  const id = alertIdOf(placed);
  const alert: Alert = {
    kind: 'alert',
    id,
    version: 1,
    createdAt: invocation.now,
    updatedAt: invocation.now,
    ...said,
    ...{ clientId, serviceId, integrationId, incidentId, dedupKey, source, episode },
    status: 'triggered',
    count: 1,
    firstAt: invocation.now,
    lastAt: invocation.now,
  };
  const pointer: Dedup = {
    kind: 'dedup',
    ...{ integrationId, dedupKey, clientId, incidentId },
    ...{ episode: dedup?.episode, saidAt: dedup?.saidAt, ...newsOf(event, dedup) },
    alertId: id,
    version: (dedup?.version ?? 0) + 1,
    open: true,
  };
  return [
    added(alert),
    { put: pointer, guard: dedup?.version ?? 'new' },
    { put: { kind: 'open-alert', incidentId, alertId: id, clientId } },
    ...(await superseded(ports, placed, incidentId)),
  ];
};

/** The first alert of a problem: it joins the open incident of its service, if one is still taking alerts, or opens one. */
export const openOrJoin = async (
  ports: Ports,
  placed: Placed,
  reason: 'first' | 'new-episode',
): Promise<Attempt<Outcome>> => {
  const { integration, invocation } = placed;
  const setting = await loadOpeningContext(ports, integration.serviceId, invocation.now);
  const groups = milliseconds(setting.service.groupingWindow) > 0;
  const group = groups
    ? await ports.store.get({ kind: 'open-group', serviceId: setting.service.id })
    : undefined;
  const incident = group && (await ports.store.get({ kind: 'incident', id: group.incidentId }));
  if (incident && joins(group, incident, invocation.now))
    return join(ports, placed, { incident, reason: 'within-grouping-window' });
  return openFor(ports, placed, { setting, group, reason });
};

const openFor = async (
  ports: Ports,
  placed: Placed,
  { setting, group, reason }: { setting: OpeningContext; group: OpenGroup | undefined; reason: string },
): Promise<Attempt<Outcome>> => {
  const { event, invocation } = placed;
  const { client, service } = setting;
  const id = derive('inc', invocation, `incident/${event.dedupKey}`);
  const opening = {
    id,
    number: await ports.store.nextNumber(`incidents#${client.id}`),
    title: event.summary,
    severity: event.severity,
    actor: actor(placed),
    reason: 'alert' as const,
    alert: { integrationId: placed.integration.integrationId, dedupKey: event.dedupKey },
  };
  const decision = open({ ...setting, alertAcceptedAt: invocation.now }, opening, invocation);
  const { writes } = await writesOf(ports, { before: undefined, decision }, invocation);
  const until = after(invocation.now, service.groupingWindow);
  const taking: OpenGroup = {
    kind: 'open-group',
    serviceId: service.id,
    clientId: client.id,
    incidentId: id,
    until,
    version: (group?.version ?? 0) + 1,
  };
  const grouped: Write[] = until > invocation.now ? [{ put: taking, guard: group?.version ?? 'new' }] : [];
  const all = [
    ...writes,
    added(snapshotOf(setting, id)),
    ...(await alertWrites(ports, placed, id)),
    ...grouped,
  ];
  return { writes: all, result: outcome(placed, id, reason) };
};

/**
 * Joins an open incident without touching it, so that thousands can join at once; what that could miss, a settle
 * makes good. Only a worse alert changes the incident: it is unanswered again. Any other tells whoever answered.
 */
export const join = async (
  ports: Ports,
  placed: Placed,
  { incident, reason }: { incident: Incident; reason: string },
): Promise<Attempt<Outcome>> => {
  const { event, invocation } = placed;
  const worse = isWorse(event.severity, incident.severity);
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'alert-joined',
    text: `Another alert joined: ${event.summary}`,
    reason,
    actor: actor(placed),
    refersTo: { alertId: alertIdOf(placed) },
  });
  const more = worse
    ? await raising(ports, placed, { incident, history })
    : [
        ...history.entries.map((put): Write => ({ put })),
        ...(await newsPages(ports, incident, invocation)).map(added),
      ];
  const { perform, ...look } = reconcileLater(incident, 'alert-joined', invocation);
  const reconcile: Write = { put: { ...look, perform: { ...perform, alertId: alertIdOf(placed) } } };
  const writes = [...(await alertWrites(ports, placed, incident.id)), reconcile, ...more];
  return { writes, result: outcome(placed, incident.id, worse ? 'severity-raised' : reason) };
};

const raising = async (
  ports: Ports,
  { event, invocation }: Placed,
  { incident, history = timelineOf(incident, invocation) }: { incident: Incident; history?: Timeline },
): Promise<Write[]> => {
  const standing = await loadEscalationContext(ports, incident, invocation.now);
  const decision = raiseSeverity(
    standing,
    { severity: event.severity, why: event.summary, history },
    invocation,
  );
  return (await writesOf(ports, { before: incident, decision }, invocation)).writes;
};

/** A repeat of an open alert may name a newer start or time, from sources that do: later events are judged by it. */
export const newsWrites = ({ dedup, event }: Placed): Write[] => {
  const told = newsOf(event, dedup);
  if (!dedup || !told) return [];
  return [{ put: { ...dedup, ...told, version: dedup.version + 1 }, guard: dedup.version }];
};

/** A repeat that is worse than its incident. */
export const raise = async (ports: Ports, placed: Placed, incident: Incident): Promise<Attempt<Outcome>> => {
  const { event, invocation, dedup } = placed;
  const writes = [...(await raising(ports, placed, { incident })), ...newsWrites(placed)];
  const alert = dedup?.alertId && (await ports.store.get({ kind: 'alert', id: dedup.alertId }));
  const result = { dedupKey: event.dedupKey, reason: 'severity-raised', incidentId: incident.id };
  if (!alert) return { writes, result };
  const worse = { ...alert, severity: event.severity, version: alert.version + 1, updatedAt: invocation.now };
  return {
    writes: [...writes, { put: worse, guard: alert.version }],
    result: { ...result, alertId: alert.id },
  };
};

/** The alert came back soon enough after its incident was resolved: the same incident, paging from the first step. */
export const reopenFor = async (
  ports: Ports,
  placed: Placed,
  incident: Incident,
): Promise<Attempt<Outcome>> => {
  const { invocation, event } = placed;
  const standing = await loadEscalationContext(ports, incident, invocation.now);
  const { severity } = event;
  const worse = isWorse(severity, incident.severity) ? { severity, urgency: urgencyOf(severity) } : {};
  const answer = { actor: actor(placed), by: placed.integration.integrationId };
  const decision = reopen(
    { ...standing, incident: { ...incident, ...worse } },
    { answer, why: 'alert-came-back' },
    invocation,
  );
  const { writes } = await writesOf(ports, { before: incident, decision }, invocation);
  return {
    writes: [...writes, ...(await alertWrites(ports, placed, incident.id))],
    result: outcome(placed, incident.id, 'reopened'),
  };
};
