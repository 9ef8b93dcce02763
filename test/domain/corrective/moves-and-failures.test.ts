import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type EscalationContext,
  fallBack,
  takeNext,
} from '../../../shared/domain/corrective/incidents/escalation.ts';
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
import { fail } from '../../../shared/domain/corrective/paging/failure.ts';
import type { Page } from '../../../shared/domain/corrective/paging/page.ts';
import type { Invocation } from '../../../shared/domain/id.ts';
import { type Decision, nothing } from '../../../shared/domain/outbox/decision.ts';
import { Refused } from '../../../shared/domain/refused.ts';
import { after } from '../../../shared/domain/time.ts';
import { type Casting, cast } from '../../support/cast.ts';
import { caseOf, drawAt } from '../../support/standing.ts';

interface At {
  standing: EscalationContext;
  invocation: Invocation;
  by: string;
  pages: Page[];
  people: ReturnType<typeof cast>['people'];
}

const pagesOf = ({ outbox: effects }: Decision<Incident>): Page[] =>
  effects.filter((effect): effect is Page => effect.kind === 'page');

/** What the timer that was set last does, when it fires now. */
const timer = ({ standing, invocation }: At): Decision<Incident> => {
  const { incident } = standing;
  if (isOver(incident) || incident.escalation.state === 'stopped') return nothing(incident, 'answered');
  if (incident.escalation.state === 'running') return takeNext(standing, invocation);
  const round = (incident.escalation.round ?? 0) + 1;
  return fallBack(standing, { invocation, history: timelineOf(incident, invocation), round });
};

/** The latest page comes back, for good. */
const pageFails = ({ standing, invocation, pages, people }: At): Decision<Incident> => {
  const page = pages.findLast(({ state }) => state === 'promised');
  if (!page) return nothing(standing.incident, 'no-page');
  const slot = page.promise.slice(0, page.promise.indexOf('#') + 1);
  const siblings = pages.filter(({ promise }) => promise.startsWith(slot));
  const person = Object.values(people).find(({ id }) => id === page.personId);
  const failure = { reason: 'no such address', retryable: false };
  const consequence = fail(
    { page: { ...page, attempts: 1 }, failure, standing, person, siblings },
    invocation,
  );
  pages[pages.indexOf(page)] = consequence.page;
  return consequence;
};

const answer = (by: string) => ({ actor: { kind: 'person' as const, id: by }, by });
const MOVES = {
  acknowledge: ({ standing, by, invocation }) => acknowledge(standing.incident, answer(by), invocation),
  contain: ({ standing, by, invocation }) => contain(standing.incident, answer(by), invocation),
  resolve: ({ standing, by, invocation }) => resolve(standing.incident, answer(by), invocation),
  close: ({ standing, by, invocation }) => close(standing.incident, answer(by), invocation),
  reopen: ({ standing, by, invocation }) =>
    reopen(standing, { answer: answer(by), why: 'by-hand' }, invocation),
  leftOpen: ({ standing, by, invocation }) =>
    reopen(standing, { answer: answer(by), why: 'alert-left-open' }, invocation),
  escalate: ({ standing, by, invocation }) => escalate(standing, answer(by), invocation),
  help: ({ standing, by, invocation }) => askForHelp(standing, answer(by), invocation),
  worse: ({ standing, invocation }) =>
    isOver(standing.incident)
      ? nothing(standing.incident, 'over')
      : raiseSeverity(standing, { severity: 'sev1', why: 'worse' }, invocation),
  timer,
  pageFails,
} satisfies Record<string, (at: At) => Decision<Incident>>;
type MoveName = keyof typeof MOVES;

const legally = (decide: () => Decision<Incident>, incident: Incident): Decision<Incident> => {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refused && error.code === 'illegal-move') return nothing(incident, 'refused');
    throw error;
  }
};

const expectSound = (before: Incident, now: Incident): void => {
  const unanswered = now.status === 'triggered' || now.helpFor !== undefined;
  if (isOver(now)) expect(now.escalation).toMatchObject({ state: 'stopped' });
  if (isOver(now)) expect(now.escalation.nextAt).toBeUndefined();
  else if (unanswered) expect(now.escalation.nextAt, `${now.status} without a next step`).toBeDefined();
  expect(now.generation).toBeGreaterThanOrEqual(before.generation);
  expect(now.episode).toBeGreaterThanOrEqual(before.episode);
};

const play = (casting: Casting, moves: { move: MoveName; who: 'ada' | 'bo' | 'cy' }[]): void => {
  const given = caseOf(casting);
  const { people } = cast(casting);
  const pages = pagesOf(given.opened);
  let incident = given.opened.state;
  expectSound(incident, incident);
  for (const [place, { move, who }] of moves.entries()) {
    const invocation = drawAt(after(incident.openedAt, `PT${place + 1}M`));
    const at = { standing: given.standing(incident), invocation, by: people[who].id, pages, people };
    const decided = legally(() => MOVES[move](at), incident);
    expectSound(incident, decided.state);
    pages.push(...pagesOf(decided));
    incident = decided.state;
  }
  const outbox = pages.map(({ promise }) => promise);
  expect(new Set(outbox).size, 'a promise was made twice').toBe(outbox.length);
};

const moves = fc.array(
  fc.record({
    move: fc.constantFrom(...(Object.keys(MOVES) as MoveName[])),
    who: fc.constantFrom('ada', 'bo', 'cy'),
  }),
  { maxLength: 25 },
);
const casting = fc
  .record({ repeats: fc.integer({ min: 0, max: 2 }), deaf: fc.subarray(['ada', 'bo', 'cy', 'dee']) })
  .map(({ repeats, deaf }) => ({ repeats, methods: Object.fromEntries(deaf.map((name) => [name, []])) }));

test('pages fail and people cannot be reached, in any order with any moves: what is open and unanswered has its next step, and no page is promised twice', () => {
  fc.assert(fc.property(casting, moves, play), { numRuns: 500 });
});
