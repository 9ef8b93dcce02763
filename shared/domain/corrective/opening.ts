import type { Decision } from '../decision.ts';
import type { Client } from '../directory/client.ts';
import type { Service } from '../directory/service.ts';
import type { Draw } from '../id.ts';
import { begin, type Standing } from './escalation.ts';
import type { EscalationPolicy, PolicySnapshot } from './escalation-policy.ts';
import type { Incident } from './incident.ts';
import { urgencyOf } from './lifecycle.ts';
import { scribe } from './scribe.ts';
import type { Actor } from './timeline.ts';
import { type Effect, promiseEffect } from './timer.ts';

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
export interface Setting {
  client: Client;
  service: Service;
  /** Missing only if it was removed a moment ago; then the fallback contact is reached at once. */
  policy?: EscalationPolicy | undefined;
  roster: Standing['roster'];
  fallback: Standing['fallback'];
  alertAcceptedAt?: string | undefined;
}

/** The policy as it is now, kept with the incident. */
export const snapshotOf = (setting: Setting, incidentId: string): PolicySnapshot => ({
  kind: 'policy-snapshot',
  incidentId,
  clientId: setting.client.id,
  policyId: setting.service.escalationPolicyId,
  name: setting.policy?.name ?? 'none',
  steps: setting.policy?.steps ?? [],
  repeats: setting.policy?.repeats ?? 0,
});

/** Opens an incident and takes the first step of its policy in the same decision: the first page waits for nothing. */
export const open = (setting: Setting, opening: Opening, draw: Draw): Decision<Incident> => {
  const { client, service, roster, fallback, alertAcceptedAt } = setting;
  const { actor, reason, alert, ...what } = opening;
  const incident: Incident = {
    kind: 'incident',
    ...what,
    version: 1,
    createdAt: draw.now,
    updatedAt: draw.now,
    clientId: client.id,
    serviceId: service.id,
    status: 'triggered',
    urgency: urgencyOf(opening.severity),
    drill: false,
    generation: 1,
    episode: 1,
    escalation: { state: 'running', loop: 0, step: 0 },
    openedAt: draw.now,
    serviceName: service.name,
    clientName: client.name,
  };
  const story = scribe(incident, draw);
  story.write({ what: 'opened', text: `Opened as ${opening.severity}: ${opening.title}`, reason, actor });
  const policy = snapshotOf(setting, incident.id);
  const begun = begin({ incident, policy, roster, fallback, alertAcceptedAt }, draw, story);
  return { ...begun, effects: [...begun.effects, compareLater(incident, alert, draw)] };
};

/** The promise to see what it looks like. Behind the pages: none of them waits for it. */
const compareLater = ({ id, clientId }: Incident, alert: Opening['alert'], draw: Draw): Effect =>
  promiseEffect(
    { subjectId: id, clientId },
    { label: 'compare', perform: { do: 'compare', incidentId: id, ...(alert ? { alert } : {}) } },
    draw,
  );
