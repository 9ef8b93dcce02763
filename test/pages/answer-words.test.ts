import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../shared/pages/answer-words.ts';
import { boAnswered, view } from './answer-view.ts';

const answered = (by: string) =>
  view({ status: 'acknowledged', acknowledgedBy: by }, { entries: [boAnswered] });
const over = view({ status: 'resolved' }, { over: true });

describe('says in words what came of', () => {
  it.each([
    ['acknowledge', 'acknowledged', answered('per_ada'), /^You have acknowledged/],
    ['acknowledge', 'already-answered', answered('per_bo'), /^Bo already answered this incident\.$/],
    ['acknowledge', 'already-answered', answered('per_ada'), /^You already acknowledged/],
    ['acknowledge', 'already-answered', answered('per_gone'), /^Somebody else already answered/],
    ['resolve', 'resolved', over, /^You have resolved/],
    ['escalate', 'step-taken', view(), /^You have escalated.*next step/],
    ['escalate', 'exhausted', view(), /^You have escalated.*fallback/],
    ['help', 'step-taken', view(), /^You have asked for help.*next step/],
    ['help', 'exhausted', view(), /^You have asked for help.*fallback/],
    ['help', 'help-is-being-called', view(), /^Help has already been requested/],
  ] as const)('%s: %s', (action, reason, seen, words) => {
    const said = outcomeOf(action, { reason, view: seen });
    expect(said.words).toMatch(words);
    expect(said.bad).toBe(false);
  });

  it.each([
    ['acknowledge', 'already-over'],
    ['resolve', 'already-resolved'],
    ['help', 'incident-is-over'],
  ] as const)('%s on an incident that is over: %s', (action, reason) => {
    const said = outcomeOf(action, { reason, view: over });
    expect(said).toMatchObject({ words: expect.stringMatching('over'), bad: true });
  });
});
