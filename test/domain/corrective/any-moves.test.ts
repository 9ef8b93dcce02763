import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fallBack, takeNext } from '../../../shared/domain/corrective/incidents/escalation.ts';
import type { Incident } from '../../../shared/domain/corrective/incidents/incident.ts';
import {
  acknowledge,
  askForHelp,
  close,
  contain,
  escalate,
  isOver,
  raiseSeverity,
  reopen,
  resolve,
} from '../../../shared/domain/corrective/incidents/lifecycle.ts';
import { timelineOf } from '../../../shared/domain/corrective/incidents/timeline.ts';
import { type Decision, nothing } from '../../../shared/domain/outbox/decision.ts';
import type { Timer } from '../../../shared/domain/outbox/timer.ts';
import { Refused } from '../../../shared/domain/refused.ts';
import { type Case, caseOf, drawAt } from '../../support/standing.ts';

type Action = (given: Case, incident: Incident) => Decision<Incident>;

/** The timer of the next step comes due. */
const due: Action = (given, incident) => {
  const { state, round = 0 } = incident.escalation;
  const invocation = drawAt();
  if (state === 'running') return takeNext(given.standing(incident), invocation);
  const history = timelineOf(incident, invocation);
  if (state === 'exhausted')
    return fallBack(given.standing(incident), { invocation, history, round: round + 1 });
  return nothing(incident, 'nothing-is-due');
};

const MOVES: Record<string, Action> = {
  due,
  acknowledge: (given, incident) => acknowledge(incident, given.answer('ada'), drawAt()),
  'acknowledge by another': (given, incident) => acknowledge(incident, given.answer('bo'), drawAt()),
  contain: (given, incident) => contain(incident, given.answer('ada'), drawAt()),
  resolve: (given, incident) => resolve(incident, given.answer('bo'), drawAt()),
  reopen: (given, incident) =>
    reopen(given.standing(incident), { answer: given.answer('ada'), why: 'by-hand' }, drawAt()),
  'left open': (given, incident) =>
    reopen(given.standing(incident), { answer: given.answer('ada'), why: 'alert-left-open' }, drawAt()),
  close: (given, incident) => close(incident, given.answer('cy'), drawAt()),
  'pass on': (given, incident) => escalate(given.standing(incident), given.answer('cy'), drawAt()),
  'ask for help': (given, incident) => askForHelp(given.standing(incident), given.answer('dee'), drawAt()),
  raise: (given, incident) =>
    isOver(incident)
      ? nothing(incident, 'over')
      : raiseSeverity(given.standing(incident), { severity: 'sev1', why: 'worse' }, drawAt()),
};

const needsSomebody = (incident: Incident): boolean =>
  incident.status === 'triggered' || (!isOver(incident) && incident.helpFor !== undefined);

const isNextStepOf = ({ generation, escalation }: Incident, { dueAt, command }: Timer): boolean => {
  if (command.generation !== generation || dueAt !== escalation.nextAt) return false;
  if (command.type === 'fall-back')
    return escalation.state === 'exhausted' && command.round > (escalation.round ?? 0);
  return command.type === 'escalate' && command.loop === escalation.loop && command.step === escalation.step;
};

const attempt = (move: Action, given: Case, incident: Incident): Decision<Incident> => {
  try {
    return move(given, incident);
  } catch (error) {
    if (error instanceof Refused) return nothing(incident, 'refused');
    throw error;
  }
};

/** What has come of an incident so far. */
interface Run {
  incident: Incident;
  timers: Timer[];
  promised: Set<string>;
}

const expectOrder = ({ incident }: Run, { state, outbox: effects }: Decision<Incident>): void => {
  expect(state.generation).toBeGreaterThanOrEqual(incident.generation);
  expect(state.episode).toBeGreaterThanOrEqual(incident.episode);
  for (const effect of effects) if (effect.kind === 'page') expect(effect.generation).toBe(state.generation);
};

const expectNextStep = ({ incident, timers }: Run): void => {
  expect(timers.some((timer) => isNextStepOf(incident, timer))).toBe(needsSomebody(incident));
  expect(incident.escalation.nextAt === undefined).toBe(!needsSomebody(incident));
};

const after = (run: Run, decision: Decision<Incident>): Run => {
  const names = decision.outbox.map((each) => (each.kind === 'page' ? each.promise : each.id));
  for (const name of names) expect(run.promised, 'promised twice').not.toContain(name);
  return {
    incident: decision.state,
    timers: [...run.timers, ...decision.outbox.filter((each) => each.kind === 'timer')],
    promised: new Set([...run.promised, ...names]),
  };
};

test('any sequence of moves: open and unanswered has a next step, over has none, no promise is made twice', () => {
  const moves = fc.array(fc.constantFrom(...Object.values(MOVES)), { maxLength: 30 });
  const shapes = fc.record({
    repeats: fc.nat(2),
    severity: fc.constantFrom('sev1' as const, 'sev3' as const),
  });
  const holds = (sequence: Action[], casting: Parameters<typeof caseOf>[0]): void => {
    const given = caseOf(casting);
    const start: Run = { incident: given.opened.state, timers: [], promised: new Set() };
    let run = after(start, given.opened);
    for (const move of sequence) {
      const decision = attempt(move, given, run.incident);
      expectOrder(run, decision);
      run = after(run, decision);
      expectNextStep(run);
    }
  };
  fc.assert(fc.property(moves, shapes, holds), { numRuns: 300 });
});
