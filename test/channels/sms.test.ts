import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { send } from '../../shared/channels/sms.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

const sns = mockClient(SNSClient);
afterEach(() => sns.reset());

const settings = { emailFrom: '', emailConfigurationSet: '', smsNumber: '+15550100999' };
const message: Message = { id: 'pag_1', channel: 'sms', to: '+15550100123', subject: 's', text: 'reply 1a' };
const sent = () => sns.commandCalls(PublishCommand)[0]?.args[0].input;

it('sends a transactional text from the number that can be answered', async () => {
  sns.on(PublishCommand).resolves({ MessageId: 'sns-1' });
  expect(await send(message, settings)).toEqual({ handedOver: true, reference: 'sns-1' });
  expect(sent()).toEqual({
    PhoneNumber: '+15550100123',
    Message: 'reply 1a',
    MessageAttributes: {
      'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
      'AWS.MM.SMS.OriginationNumber': { DataType: 'String', StringValue: '+15550100999' },
    },
  });
});

it('leaves the number to the network when none is configured', async () => {
  sns.on(PublishCommand).resolves({ MessageId: 'sns-1' });
  await send(message, { ...settings, smsNumber: '' });
  expect(Object.keys(sent()?.MessageAttributes ?? {})).toEqual(['AWS.SNS.SMS.SMSType']);
});
