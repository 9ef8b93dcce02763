import { describe, expect, test } from 'vitest';
import type { Incident, Status } from '../../../shared/domain/corrective/incidents/incident.ts';
import {
  acknowledge,
  askForHelp,
  close,
  contain,
  escalate,
  raiseSeverity,
  reopen,
  resolve,
} from '../../../shared/domain/corrective/incidents/lifecycle.ts';
import type { Decision } from '../../../shared/domain/outbox/decision.ts';
import { isWorse, urgencyOf } from '../../../shared/domain/outbox/severity.ts';
import { caseOf, drawAt } from '../../support/standing.ts';

const given = caseOf();
const ada = given.answer('ada');
const bo = given.answer('bo');

const MOVES: Record<string, (incident: Incident) => Decision<Incident>> = {
  acknowledge: (incident) => acknowledge(incident, ada, drawAt()),
  contain: (incident) => contain(incident, ada, drawAt()),
  resolve: (incident) => resolve(incident, ada, drawAt()),
  reopen: (incident) => reopen(given.standing(incident), { answer: ada, why: 'by-hand' }, drawAt()),
  close: (incident) => close(incident, ada, drawAt()),
  'pass on': (incident) => escalate(given.standing(incident), ada, drawAt()),
  'ask for help': (incident) => askForHelp(given.standing(incident), bo, drawAt()),
};
const incidentThatIs = (status: Status): Incident => ({ ...given.opened.state, status });

const REFUSED = 'refused';
const TABLE: Record<string, Record<Status, string>> = {
  acknowledge: {
    ...{ triggered: 'acknowledged', acknowledged: 'already-answered', contained: 'already-answered' },
    ...{ resolved: REFUSED, closed: REFUSED },
  },
  contain: {
    ...{ triggered: 'contained', acknowledged: 'contained', contained: 'already-contained' },
    ...{ resolved: REFUSED, closed: REFUSED },
  },
  resolve: {
    ...{ triggered: 'resolved', acknowledged: 'resolved', contained: 'resolved' },
    ...{ resolved: 'already-resolved', closed: REFUSED },
  },
  reopen: {
    ...{ triggered: 'already-open', acknowledged: 'already-open', contained: 'already-open' },
    ...{ resolved: 'step-taken', closed: REFUSED },
  },
  close: {
    ...{ triggered: REFUSED, acknowledged: REFUSED, contained: REFUSED },
    ...{ resolved: 'closed', closed: 'already-closed' },
  },
  'pass on': {
    ...{ triggered: 'step-taken', acknowledged: 'step-taken', contained: 'step-taken' },
    ...{ resolved: REFUSED, closed: REFUSED },
  },
  'ask for help': {
    ...{ triggered: 'step-taken', acknowledged: 'step-taken', contained: 'step-taken' },
    ...{ resolved: REFUSED, closed: REFUSED },
  },
};
const rows = Object.entries(TABLE).flatMap(([move, reasons]) =>
  Object.entries(reasons).map(([status, reason]) => ({ when: `${status}, ${move}`, move, status, reason })),
);

test.each(rows)('$when: $reason', ({ move, status, reason }) => {
  const incident = incidentThatIs(status as Status);
  const act = () => MOVES[move]?.(incident);
  if (reason === REFUSED) return expect(act).toThrow(expect.objectContaining({ code: 'illegal-move' }));
  const decision = act();
  expect(decision?.reason).toBe(reason);
  const changes = !reason.startsWith('already');
  expect(decision?.state === incident).toBe(!changes);
  expect(decision?.history.length).toBeGreaterThanOrEqual(changes ? 1 : 0);
});

describe('an answer', () => {
  test('ends the escalation, moves the generation on, and is told with who gave it', () => {
    const { state, history: timeline } = acknowledge(
      given.opened.state,
      { ...ada, note: 'Looking.' },
      drawAt(),
    );
    expect(state).toMatchObject({ generation: 2, acknowledgedBy: ada.by, escalation: { state: 'stopped' } });
    expect(state.escalation.nextAt).toBeUndefined();
    expect(timeline).toMatchObject([{ text: 'Acknowledged by ada. Looking.', actor: { name: 'ada' } }]);
  });

  test('after a call for help counts only from another one', () => {
    const helped = askForHelp(given.standing(), ada, drawAt()).state;
    expect(acknowledge(helped, ada, drawAt()).reason).toBe('already-answered');
    const { state } = acknowledge(helped, bo, drawAt());
    expect(state).toMatchObject({ status: 'acknowledged', acknowledgedBy: bo.by, generation: 3 });
    expect(state.helpFor).toBeUndefined();
  });

  test('that resolves leaves a look at the alerts, and what is to be learned unless it was a drill', () => {
    const look = { perform: { type: 'reconcile', because: 'incident-resolved', episode: 1 } };
    const { outbox: effects } = resolve(given.opened.state, ada, drawAt());
    expect(effects).toMatchObject([look, { perform: { type: 'record-outcome', episode: 1 } }]);
    const drill = resolve({ ...given.opened.state, drill: true }, ada, drawAt());
    expect(drill.outbox).toMatchObject([look]);
  });
});

test('opened again it is a new episode, as if nobody had ever answered', () => {
  const over = resolve(contain(given.opened.state, ada, drawAt()).state, ada, drawAt()).state;
  const { state } = reopen(given.standing(over), { answer: bo, why: 'by-hand' }, drawAt());
  expect(state).toMatchObject({ status: 'triggered', episode: 2, escalation: { loop: 0, step: 0 } });
  expect([state.acknowledgedBy, state.containedAt, state.resolvedAt]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('raised, it is unanswered again, at the urgency of what it is now', () => {
  const low = caseOf({ severity: 'sev4' });
  const answered = acknowledge(low.opened.state, ada, drawAt()).state;
  const { state } = raiseSeverity(low.standing(answered), { severity: 'sev1', why: 'worse' }, drawAt());
  expect(state).toMatchObject({ status: 'triggered', severity: 'sev1', urgency: 'high', episode: 1 });
});

test.each([
  ['sev1', 'high', true],
  ['sev2', 'high', true],
  ['sev3', 'low', false],
  ['sev4', 'low', false],
] as const)('%s is of %s urgency; worse than sev3: %s', (severity, urgency, worse) => {
  expect([urgencyOf(severity), isWorse(severity, 'sev3')]).toEqual([urgency, worse]);
});
