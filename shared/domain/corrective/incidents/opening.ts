import type { Client } from '../../directory/client.ts';
import type { Service } from '../../directory/service.ts';
import type { Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import type { Decision } from '../../outbox/decision.ts';
import { urgencyOf } from '../../outbox/severity.ts';
import { type Effect, newEffect } from '../../outbox/timer.ts';
import { begin, type EscalationContext } from './escalation.ts';
import type { EscalationPolicy, PolicySnapshot } from './escalation-policy.ts';
import type { Incident } from './incident.ts';
import { timelineOf } from './timeline.ts';

/** What an incident is opened for, and by whom. */
export interface Opening {
  id: string;
  number: number;
  title: string;
  summary?: string | undefined;
  severity: Incident['severity'];
  actor: Actor;
  /** Why, as the timeline names it. */
  reason: 'alert' | 'by-hand';
  /** The alert that opens it; absent when somebody does. */
  alert?: { integrationId: string; dedupKey: string } | undefined;
}

/** Whose system it is, and who is reached for it. */
export interface OpeningContext {
  client: Client;
  service: Service;
  /** Missing only if it was removed a moment ago; then the fallback contact is reached at once. */
  policy?: EscalationPolicy | undefined;
  roster: EscalationContext['roster'];
  fallback: EscalationContext['fallback'];
  alertAcceptedAt?: string | undefined;
}

/** The policy as it is now, kept with the incident. */
export const snapshotOf = (setting: OpeningContext, incidentId: string): PolicySnapshot => ({
  kind: 'policy-snapshot',
  incidentId,
  clientId: setting.client.id,
  policyId: setting.service.escalationPolicyId,
  name: setting.policy?.name ?? 'none',
  steps: setting.policy?.steps ?? [],
  repeats: setting.policy?.repeats ?? 0,
});

/** Opens an incident and takes the first step of its policy in the same decision: the first page waits for nothing. */
export const open = (
  setting: OpeningContext,
  opening: Opening,
  invocation: Invocation,
): Decision<Incident> => {
  const { client, service, roster, fallback, alertAcceptedAt } = setting;
  const { actor, reason, alert, ...what } = opening;
  const incident: Incident = {
    kind: 'incident',
    ...what,
    version: 1,
    createdAt: invocation.now,
    updatedAt: invocation.now,
    clientId: client.id,
    serviceId: service.id,
    status: 'triggered',
    urgency: urgencyOf(opening.severity),
    drill: false,
    generation: 1,
    episode: 1,
    escalation: { state: 'running', loop: 0, step: 0 },
    openedAt: invocation.now,
    serviceName: service.name,
    clientName: client.name,
  };
  const history = timelineOf(incident, invocation);
  history.write({ what: 'opened', text: `Opened as ${opening.severity}: ${opening.title}`, reason, actor });
  const policy = snapshotOf(setting, incident.id);
  const begun = begin({ incident, policy, roster, fallback, alertAcceptedAt }, invocation, history);
  return { ...begun, outbox: [...begun.outbox, compareLater(incident, alert, invocation)] };
};

/** The promise to see what it looks like. Behind the pages: none of them waits for it. */
const compareLater = ({ id, clientId }: Incident, alert: Opening['alert'], invocation: Invocation): Effect =>
  newEffect(
    { subjectId: id, clientId },
    { label: 'compare', perform: { type: 'compare', incidentId: id, ...(alert ? { alert } : {}) } },
    invocation,
  );
