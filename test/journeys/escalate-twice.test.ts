import { expect, test } from 'vitest';
import { answerByLink } from '../../shared/workflow/paging/answer-page.ts';
import { answerLink } from '../../shared/workflow/paging/links.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

test('a second tap on Escalate is not a second step', async () => {
  const desk = await open();
  await desk.alert('checkout');
  desk.expectPaged('ada', 'sms');
  desk.expectPaged('ada', 'email');
  const { ports } = desk;
  const { id: incidentId, generation: seen } = await desk.incident();
  const personId = desk.cast.people.ada.id;
  const token = (await answerLink(ports, { incidentId, personId })).split('/').at(-1) ?? '';
  const tap = () =>
    answerByLink(
      ports,
      { incidentId, personId, token, action: 'escalate', seen },
      { now: ports.clock.now(), id: ports.newId() },
    );
  expect((await tap()).reason).toBe('step-taken');
  expect((await tap()).reason).toBe('moved-on-already');
  await desk.reconcile();
  desk.expectPaged('bo', 'sms');
  desk.expectPaged('bo', 'email');
  expect((await desk.incident()).escalation).toMatchObject({ step: 1 });
});
