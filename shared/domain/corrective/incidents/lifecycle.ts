import type { Invocation } from '../../id.ts';
import type { Actor } from '../../outbox/actor.ts';
import { type Decision, nothing } from '../../outbox/decision.ts';
import { urgencyOf } from '../../outbox/severity.ts';
import { type Effect, newEffect } from '../../outbox/timer.ts';
import { Refused } from '../../refused.ts';
import { begin, type EscalationContext, stop, takeNext } from './escalation.ts';
import type { Incident, Status } from './incident.ts';
import { recordOutcomeLater } from './record-outcome.ts';
import { type Timeline, timelineOf } from './timeline.ts';

/**
 * Which states each move may start from. A move to the state that an incident is in already is a normal outcome;
 * any other is refused.
 */
export const ACTIONS: Record<'acknowledge' | 'contain' | 'resolve' | 'reopen' | 'close', Status[]> = {
  acknowledge: ['triggered'],
  contain: ['triggered', 'acknowledged'],
  resolve: ['triggered', 'acknowledged', 'contained'],
  reopen: ['resolved'],
  close: ['resolved'],
};

/** Who moves it, and what they say with it. */
export interface Answer {
  actor: Actor;
  /** Who counts as having answered: a person where one is known. */
  by: string;
  note?: string | undefined;
}

export const isOver = (incident: Pick<Incident, 'status'>): boolean =>
  incident.status === 'resolved' || incident.status === 'closed';

const requireStatus = (incident: Incident, move: keyof typeof ACTIONS): void => {
  if (ACTIONS[move].includes(incident.status)) return;
  throw new Refused(
    'illegal-move',
    `This incident is ${incident.status}, so it cannot be ${PAST[move]}: only one that is ${ACTIONS[move].join(' or ')}.`,
  );
};

const PAST = {
  acknowledge: 'acknowledged',
  contain: 'contained',
  resolve: 'resolved',
  reopen: 'reopened',
  close: 'closed',
};

/** A line of the timeline about what somebody did, with what they said. */
const said = (sentence: string, { actor, note }: Answer) => ({
  text: `${sentence} by ${actor.name ?? actor.id}.${note ? ` ${note}` : ''}`,
  ...(note ? { note } : {}),
  actor,
});

/** Acknowledges the incident: paging stops. Whoever asked for help has it when another one answers. */
export const acknowledge = (
  incident: Incident,
  answer: Answer,
  invocation: Invocation,
): Decision<Incident> => {
  const helps = incident.helpFor !== undefined && incident.helpFor !== answer.by && !isOver(incident);
  if (!helps) {
    if (incident.status === 'acknowledged' || incident.status === 'contained')
      return nothing(incident, 'already-answered');
    requireStatus(incident, 'acknowledge');
  }
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'acknowledged',
    ...said(helps ? 'Help arrived: acknowledged' : 'Acknowledged', answer),
    reason: 'somebody-answered',
  });
  const state: Incident = {
    ...incident,
    status: incident.status === 'triggered' ? 'acknowledged' : incident.status,
    generation: incident.generation + 1,
    escalation: stop(incident),
    acknowledgedAt: incident.acknowledgedAt ?? invocation.now,
    acknowledgedBy: answer.by,
    helpFor: undefined,
  };
  return { state, history: history.entries, outbox: [], reason: 'acknowledged' };
};

/** It hurts no longer, though the cause may still be there. Counts as an answer too. */
export const contain = (incident: Incident, answer: Answer, invocation: Invocation): Decision<Incident> => {
  if (incident.status === 'contained') return nothing(incident, 'already-contained');
  requireStatus(incident, 'contain');
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'contained',
    ...said('Contained', answer),
    reason: 'contained',
  });
  const state: Incident = {
    ...incident,
    status: 'contained',
    generation: incident.generation + 1,
    escalation: stop(incident),
    acknowledgedAt: incident.acknowledgedAt ?? invocation.now,
    acknowledgedBy: incident.acknowledgedBy ?? answer.by,
    containedAt: invocation.now,
    helpFor: undefined,
  };
  return { state, history: history.entries, outbox: [], reason: 'contained' };
};

/** It is over. Leaves a look at its alerts, for one that joined at the same moment, and what is learned from it. */
export const resolve = (incident: Incident, answer: Answer, invocation: Invocation): Decision<Incident> => {
  if (incident.status === 'resolved') return nothing(incident, 'already-resolved');
  requireStatus(incident, 'resolve');
  const history = timelineOf(incident, invocation);
  history.write({ what: 'resolved', ...said('Resolved', answer), reason: 'resolved' });
  const state: Incident = {
    ...incident,
    status: 'resolved',
    generation: incident.generation + 1,
    escalation: stop(incident),
    resolvedAt: invocation.now,
    helpFor: undefined,
  };
  const { id: incidentId, clientId, episode } = state;
  const recordOutcome = state.drill
    ? []
    : [recordOutcomeLater({ incidentId, clientId, episode }, invocation)];
  const effects = [reconcileLater(state, 'incident-resolved', invocation), ...recordOutcome];
  return { state, history: history.entries, outbox: effects, reason: 'resolved' };
};

/** It came back: unanswered again, paging from the first step. */
export const reopen = (
  standing: EscalationContext,
  { answer, why }: { answer: Answer; why: 'by-hand' | 'alert-came-back' | 'alert-left-open' },
  invocation: Invocation,
): Decision<Incident> => {
  const { incident } = standing;
  if (!isOver(incident)) return nothing(incident, 'already-open');
  if (why !== 'alert-left-open') requireStatus(incident, 'reopen');
  const history = timelineOf(incident, invocation);
  history.write({ what: 'reopened', ...said(REOPENED[why], answer), reason: why });
  return begin({ ...standing, incident: unanswered(incident) }, invocation, history);
};

const REOPENED = {
  'by-hand': 'Reopened',
  'alert-came-back': 'Reopened, because its alert came back within the reopen window,',
  'alert-left-open': 'Reopened, because an alert joined while it was being resolved,',
};

/** The incident as it is when nobody has answered in this generation, and it is open (again). */
const unanswered = (incident: Incident): Incident => ({
  ...incident,
  status: 'triggered',
  generation: incident.generation + 1,
  episode: isOver(incident) ? incident.episode + 1 : incident.episode,
  acknowledgedBy: undefined,
  helpFor: undefined,
  containedAt: undefined,
  resolvedAt: undefined,
  closedAt: undefined,
});

/** Nothing more will happen to it. */
export const close = (incident: Incident, answer: Answer, invocation: Invocation): Decision<Incident> => {
  if (incident.status === 'closed') return nothing(incident, 'already-closed');
  requireStatus(incident, 'close');
  const history = timelineOf(incident, invocation);
  history.write({ what: 'closed', ...said('Closed', answer), reason: 'closed' });
  const state: Incident = { ...incident, status: 'closed', closedAt: invocation.now };
  return { state, history: history.entries, outbox: [], reason: 'closed' };
};

/** Escalates to the next step at once. Unanswered again, so that the step after is armed too. */
export const escalate = (
  standing: EscalationContext,
  answer: Answer,
  invocation: Invocation,
): Decision<Incident> => {
  const { incident } = standing;
  if (isOver(incident))
    throw new Refused('illegal-move', `This incident is ${incident.status} and cannot be escalated.`);
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'escalated',
    ...said('Escalated', answer),
    reason: 'asked-for',
  });
  return takeNext({ ...standing, incident: unanswered(incident) }, invocation, history);
};

/** Whoever works on it needs somebody beside them: the next step is paged, and goes on until another one answers. */
export const askForHelp = (
  standing: EscalationContext,
  answer: Answer,
  invocation: Invocation,
): Decision<Incident> => {
  const { incident } = standing;
  if (isOver(incident))
    throw new Refused('illegal-move', `This incident is ${incident.status} and needs no help.`);
  if (incident.helpFor === answer.by) return nothing(incident, 'help-is-being-called');
  const history = timelineOf(incident, invocation);
  history.write({
    what: 'help-requested',
    ...said('Help requested', answer),
    reason: 'asked-for',
  });
  const helped: Incident = {
    ...incident,
    status: incident.status === 'triggered' ? 'acknowledged' : incident.status,
    generation: incident.generation + 1,
    acknowledgedAt: incident.acknowledgedAt ?? invocation.now,
    acknowledgedBy: incident.acknowledgedBy ?? answer.by,
    helpFor: answer.by,
  };
  return takeNext({ ...standing, incident: helped }, invocation, history);
};

/** It got worse: whoever answered the lesser thing has not answered this. */
export const raiseSeverity = (
  standing: EscalationContext,
  { severity, why, history: told }: { severity: Incident['severity']; why: string; history?: Timeline },
  invocation: Invocation,
): Decision<Incident> => {
  const history = told ?? timelineOf(standing.incident, invocation);
  history.write({
    what: 'severity-raised',
    text: `Raised from ${standing.incident.severity} to ${severity}: ${why}`,
    reason: 'severity-raised',
  });
  const worse: Incident = { ...unanswered(standing.incident), severity, urgency: urgencyOf(severity) };
  return begin({ ...standing, incident: worse }, invocation, history);
};

/** The promise to look whether an incident and its alerts still agree. */
export const reconcileLater = (
  { id, clientId, episode }: Pick<Incident, 'id' | 'clientId' | 'episode'>,
  because: 'alert-joined' | 'alert-resolved' | 'incident-resolved',
  invocation: Invocation,
): Effect =>
  newEffect(
    { subjectId: id, clientId },
    { label: `settle/${because}`, perform: { type: 'reconcile', incidentId: id, episode, because } },
    invocation,
  );
