import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { parseFallbackContact, portsOnAws } from '../../shared/edge/ports-on-aws.ts';

const environment = {
  TABLE: 'firebreak',
  PUBLIC_URL: 'https://desk.example.com/',
  LINK_SECRET_ARN: 'arn:links',
  ADMIN_SECRET_ARN: 'arn:admin',
  SMS_NUMBER: '+15550100999',
  FALLBACK_CONTACT: 'sms:+15550100100',
  ALARM_TOPICS: 'arn:one,arn:two',
};

it('reads the settings from the environment', async () => {
  expect((await portsOnAws(environment)).settings).toEqual({
    publicUrl: 'https://desk.example.com',
    fallbackContact: { channel: 'sms', address: '+15550100100' },
    smsReplies: true,
    eventsPerMinute: 6000,
    alarmTopics: ['arn:one', 'arn:two'],
  });
});

it('does with the least of them', async () => {
  const { TABLE, PUBLIC_URL, LINK_SECRET_ARN, ADMIN_SECRET_ARN } = environment;
  const { settings } = await portsOnAws({ TABLE, PUBLIC_URL, LINK_SECRET_ARN, ADMIN_SECRET_ARN });
  expect(settings).toEqual({
    publicUrl: 'https://desk.example.com',
    smsReplies: false,
    eventsPerMinute: 6000,
    alarmTopics: [],
  });
});

it('names the variable that is missing', async () => {
  await expect(portsOnAws({ ...environment, TABLE: undefined })).rejects.toThrow('TABLE');
});

it.each([
  ['', undefined],
  ['email:duty@example.com', { channel: 'email', address: 'duty@example.com' }],
  ['sms:+15550100100', { channel: 'sms', address: '+15550100100' }],
])('takes the fallback contact %j', (text, contact) => expect(parseFallbackContact(text)).toEqual(contact));

it.each(['duty@example.com', 'email:', 'email:x', 'sms:5550100', 'fax:+15550100100', 'sms'])(
  'refuses the fallback contact %j',
  (text) => expect(() => parseFallbackContact(text)).toThrow('FALLBACK_CONTACT'),
);

it('sends by the channel that the message names, from the number of the installation', async () => {
  const sns = mockClient(SNSClient);
  sns.on(PublishCommand).resolves({ MessageId: 'sns-1' });
  const { send } = await portsOnAws(environment);
  const receipt = await send({ id: 'pag_1', channel: 'sms', to: '+15550100123', subject: '', text: 't' });
  expect(receipt).toEqual({ handedOver: true, reference: 'sns-1' });
  const [call] = sns.commandCalls(PublishCommand);
  expect(call?.args[0].input.MessageAttributes?.['AWS.MM.SMS.OriginationNumber']?.StringValue).toBe(
    '+15550100999',
  );
});

it('draws ids of 26 characters that are never the same', async () => {
  const { newId } = await portsOnAws(environment);
  const ids = Array.from({ length: 100 }, newId);
  expect(new Set(ids).size).toBe(100);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
});
