import type { SNSClient } from '@aws-sdk/client-sns';
import type { Message, Receipt } from '../workflow/engine/ports.ts';
import { PATIENCE, sendWithRetry } from './send-with-retry.ts';
import type { ChannelSettings } from './sender.ts';

let client: SNSClient | undefined;

/** Sends a text by SNS, as transactional: it goes out before advertising does, and through a do-not-disturb. */
export const send = (message: Message, settings: ChannelSettings): Promise<Receipt> =>
  sendWithRetry(message, async (signal) => {
    const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns');
    client ??= new SNSClient(PATIENCE);
    return client.send(new PublishCommand(requestOf(message, settings)), { abortSignal: signal });
  });

const requestOf = (message: Message, { smsNumber }: ChannelSettings) => ({
  PhoneNumber: message.to,
  Message: message.text,
  MessageAttributes: {
    'AWS.SNS.SMS.SMSType': text('Transactional'),
    ...(smsNumber ? { 'AWS.MM.SMS.OriginationNumber': text(smsNumber) } : {}),
  },
});

const text = (value: string) => ({ DataType: 'String', StringValue: value });
