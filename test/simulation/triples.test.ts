import { expect, test } from 'vitest';
import { everySchedule } from './interleave.ts';
import { incidentWithStepDue, story, workflow } from './workflows.ts';

/** Where three at once can do what two cannot: an answer, a step and a page; and alerts coming, going and settling. */
const TRIPLES = [
  ['acknowledge', 'the next step', 'send the text'],
  ['acknowledge', 'resolve by hand', 'the next step'],
  ['acknowledge', 'ask for help', 'escalate by hand'],
  ['acknowledge', 'resolve by hand', 'another alert joins'],
  ['settle', 'another alert joins', 'acknowledge'],
  ['settle', 'resolve by hand', 'the alert again'],
];

test.each(TRIPLES)('%s, %s and %s: every order of their steps keeps every promise', async (...names) => {
  const table = await incidentWithStepDue(...(names.includes('settle') ? ['its monitor resolves it'] : []));
  const schedules = await everySchedule(story(table, names.map(workflow)));
  console.log(names.join(), schedules);
  expect(schedules).toBeGreaterThan(100);
});
