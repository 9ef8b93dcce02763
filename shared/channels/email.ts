import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Message, Receipt } from '../workflow/engine/ports.ts';
import { failed, PATIENCE, sendWithRetry } from './send-with-retry.ts';
import type { ChannelSettings } from './sender.ts';

/** As SES limits it. A promise's name takes half of it at most. */
const LONGEST_TAG = 256;

let client: SESv2Client | undefined;

/**
 * Sends e-mail by SES. Its tags `incident`, `page` and `promise` come back with a bounce, so that the page is known to
 * have failed: SES accepts addresses that it will not deliver to, so a receipt is not yet a delivery.
 */
export const send = async (message: Message, settings: ChannelSettings): Promise<Receipt> => {
  if (!settings.emailFrom) return failed('no sender address is configured (EMAIL_FROM)', false);
  return sendWithRetry(message, async (signal) => {
    const { SESv2Client, SendEmailCommand } = await import('@aws-sdk/client-sesv2');
    client ??= new SESv2Client(PATIENCE);
    return client.send(new SendEmailCommand(requestOf(message, settings)), { abortSignal: signal });
  });
};

const utf8 = (text: string) => ({ Data: text, Charset: 'UTF-8' });

const requestOf = (message: Message, { emailFrom, emailConfigurationSet }: ChannelSettings) => ({
  FromEmailAddress: emailFrom,
  Destination: { ToAddresses: [message.to] },
  Content: {
    Simple: {
      Subject: utf8(message.subject),
      Body: { Text: utf8(message.text), ...(message.html ? { Html: utf8(message.html) } : {}) },
    },
  },
  EmailTags: tagsOf(message),
  ...(emailConfigurationSet ? { ConfigurationSetName: emailConfigurationSet } : {}),
});

const tagsOf = ({ id, incidentId, promise }: Message) => [
  ...(incidentId ? [tag('incident', incidentId)] : []),
  tag('page', id),
  ...(promise ? [tag('promise', Buffer.from(promise).toString('base64url'))] : []),
];

/** SES takes letters, digits, `_` and `-` only. */
const tag = (name: string, value: string) => ({
  Name: name,
  Value: value.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, LONGEST_TAG),
});
