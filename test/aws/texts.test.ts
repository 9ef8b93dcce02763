import { test } from 'vitest';
import { eventually, receiveText, textsTo } from './cloud.ts';
import { openDesk, post } from './desk.ts';

test('a page by text is answered by a text', async () => {
  const phone = '+15550142';
  const desk = await openDesk('texts');
  const method = { id: 'phone', channel: 'sms', address: phone, verified: true };
  const cy = await post('/v1/people', { name: 'Cy', email: 'cy@example.com', contactMethods: [method] });
  const steps = [{ delay: 'PT1M', targets: [{ type: 'person', id: cy.id }] }];
  const policy = await post('/v1/escalation-policies', { name: 'By text', steps });
  const wanted = { clientId: desk.clientId, name: 'Phones', escalationPolicyId: policy.id };
  const service = await post('/v1/services', wanted);
  const incident = await post('/v1/incidents', { serviceId: service.id, title: 'No tone', severity: 'sev1' });

  const text = await eventually(async () => (await textsTo(phone))[0]);
  await receiveText({ from: phone, text: /Reply (\w+) ack/.exec(text)?.[1] ?? '' });
  await eventually(async () => {
    const { status } = await desk.incident(incident.id);
    return status === 'acknowledged' ? status : undefined;
  });
});
