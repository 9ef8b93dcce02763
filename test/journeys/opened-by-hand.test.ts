import { expect, test } from 'vitest';
import type { Principal } from '../../shared/domain/directory/access.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { openByHand } from '../../shared/workflow/incidents/actions.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { methods: byTextAlone, groupingWindow: 'PT1H' } };
const keyFor = (clientId: string): Principal => ({
  id: 'key_1',
  kind: 'api-key',
  grants: [{ clientId, role: 'write' }],
});

const opens = async (desk: Desk, principal: Principal, serviceId = desk.cast.service.id) => {
  const body = { serviceId, title: 'Customers report empty baskets', severity: 'sev2' as const };
  const incident = await openByHand(desk.ports, { principal, invocation: newInvocation(desk.ports) }, body);
  await desk.reconcile();
  return incident;
};

test('it pages as an alert would, from the first step to the next', async () => {
  const desk = await open(options);
  const incident = await opens(desk, keyFor('*'));
  expect(incident).toMatchObject({ number: 1, status: 'triggered', urgency: 'high', generation: 1 });
  expect(desk.expectPaged('ada').text).toContain('Customers report empty baskets');
  await desk.pass('PT5M');
  desk.expectPaged('bo');
  await desk.does('bo', 'acknowledge');
  const [opened] = (await desk.timeline()).filter(({ what }) => what === 'opened');
  expect(opened).toMatchObject({ reason: 'by-hand', actor: { kind: 'api-key', id: 'key_1' } });
});

test('alerts do not join it, and none that is resolved ends it', async () => {
  const desk = await open(options);
  const { id } = await opens(desk, keyFor(desk.cast.client.id));
  desk.expectPaged('ada');
  expect((await desk.alert('checkout')).reason).toBe('first');
  desk.expectPaged('ada');
  await desk.resolved('checkout');
  expect((await desk.incident(id)).status).toBe('triggered');
});

test.each([
  ['a service that is not here', '*', 'svc_gone'],
  ["another client's service", 'cli_other', undefined],
])('%s: refused by the field, and nobody is paged', async (_, clientId, serviceId) => {
  const desk = await open(options);
  await expect(opens(desk, keyFor(clientId), serviceId)).rejects.toMatchObject({
    code: 'invalid',
    problems: [{ path: 'body.serviceId' }],
  });
  expect(await desk.incidents()).toEqual([]);
});
