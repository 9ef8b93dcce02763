import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { send } from '../../shared/channels/email.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

const ses = mockClient(SESv2Client);
afterEach(() => ses.reset());

const settings = {
  emailFrom: 'pages@example.com',
  emailConfigurationSet: 'firebreak',
  smsNumber: '',
};
const message: Message = {
  id: 'pag_1',
  channel: 'email',
  incidentId: 'inc_1',
  to: 'ada@example.com',
  subject: 'Größe',
  text: 'plain',
  html: '<p>rich</p>',
};
const sent = () => ses.commandCalls(SendEmailCommand)[0]?.args[0].input;

it('sends text and HTML, tagged so that a bounce finds its page', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
  expect(await send(message, settings)).toEqual({ handedOver: true, reference: 'ses-1' });
  expect(sent()).toEqual({
    FromEmailAddress: 'pages@example.com',
    Destination: { ToAddresses: ['ada@example.com'] },
    Content: {
      Simple: {
        Subject: { Data: 'Größe', Charset: 'UTF-8' },
        Body: {
          Text: { Data: 'plain', Charset: 'UTF-8' },
          Html: { Data: '<p>rich</p>', Charset: 'UTF-8' },
        },
      },
    },
    EmailTags: [
      { Name: 'incident', Value: 'inc_1' },
      { Name: 'page', Value: 'pag_1' },
    ],
    ConfigurationSetName: 'firebreak',
  });
});

it('leaves out what there is not: HTML, an incident, a configuration set', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
  const { html: _, incidentId: __, ...plain } = message;
  await send(plain, { ...settings, emailConfigurationSet: '' });
  expect(sent()).not.toHaveProperty('ConfigurationSetName');
  expect(sent()?.Content?.Simple?.Body).not.toHaveProperty('Html');
  expect(sent()?.EmailTags).toEqual([{ Name: 'page', Value: 'pag_1' }]);
});

it("carries the name of the page's promise in what a tag may hold", async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
  const promise = 'g1.l0.s0#per_1#mail';
  await send({ ...message, promise }, settings);
  const value = sent()?.EmailTags?.find(({ Name }) => Name === 'promise')?.Value ?? '';
  expect(value).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(Buffer.from(value, 'base64url').toString()).toBe(promise);
});

it('keeps tags to the characters that SES takes', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
  await send({ ...message, id: 'test/ä b' }, settings);
  expect(sent()?.EmailTags?.[1]).toEqual({ Name: 'page', Value: 'test___b' });
});

it('sends nothing without a sender', async () => {
  const receipt = await send(message, { ...settings, emailFrom: '' });
  expect(receipt).toMatchObject({ handedOver: false, retryable: false });
  expect(ses.calls()).toHaveLength(0);
});
