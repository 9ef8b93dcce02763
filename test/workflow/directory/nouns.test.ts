import { beforeEach, expect, it } from 'vitest';
import { testEngine } from '../../support/engine.ts';
import { ada, type Office, openOffice, stepTo } from '../../support/office.ts';

const engine = testEngine();
let office: Office;
beforeEach(async () => {
  office = await openOffice(engine);
});

const unverified = [{ id: 'mail', channel: 'email', address: 'bo@example.com', verified: false }];

it('warns of a person whom nothing reaches, until something does', async () => {
  const bo = await office.make('people', { ...ada, name: 'Bo', contactMethods: unverified });
  expect(bo.warnings).toEqual(['Bo has no verified contact method and cannot be reached.']);
  const contactMethods = [{ ...unverified[0], verified: true }];
  const { body } = await office.ask(`PATCH /v1/people/${bo.id}`, { body: { contactMethods } });
  expect(body.warnings).toEqual([]);
});

it('warns of a step that reaches nobody, and not of one that reaches somebody or a schedule', async () => {
  const [there, deaf] = [
    await office.make('people', ada),
    await office.make('people', { ...ada, contactMethods: [] }),
  ];
  const week = { name: 'Week', timeZone: 'UTC', startsAt: '2026-01-05T09:00', personIds: [deaf.id] };
  const schedule = await office.make('schedules', week);
  const steps = [
    stepTo(['person', deaf.id], ['person', there.id]),
    stepTo(['person', deaf.id]),
    stepTo(['person', deaf.id], ['schedule', schedule.id]),
  ];
  const policy = await office.make('escalation-policies', { name: 'Desk', steps });
  const warnings = ['Step 2 reaches nobody: none of its people has a verified contact method.'];
  expect(policy.warnings).toEqual(warnings);
  expect((await office.ask(`GET /v1/escalation-policies/${policy.id}`)).body).toMatchObject({ warnings });
});

it('checks a changed person as a whole: a rule may not outlive its method', async () => {
  const notificationRules = [{ urgency: 'high', methodId: 'mail', delay: 'PT1M' }];
  const { id } = await office.make('people', { ...ada, notificationRules });
  const { errors } = await office.refused(`PATCH /v1/people/${id}`, { body: { contactMethods: [] } });
  expect(errors.map(({ path }) => path)).toEqual(['body.notificationRules[0].methodId']);
  const body = { contactMethods: [], notificationRules: null };
  expect(await office.ask(`PATCH /v1/people/${id}`, { body })).toMatchObject({ status: 200 });
});
