import type { SNSClient } from '@aws-sdk/client-sns';

const clients = new Map<string, SNSClient>();

/** Loaded when the first subscription is confirmed, which is once in a topic's life. */
const clientOf = async (region: string): Promise<SNSClient> => {
  const { SNSClient } = await import('@aws-sdk/client-sns');
  const client = clients.get(region) ?? new SNSClient({ region });
  clients.set(region, client);
  return client;
};

/**
 * Confirms that a topic may send here, by asking SNS in the topic's own region and never by opening an address that
 * somebody sent. Afterwards only the topic's owner can unsubscribe. Throws what SNS throws; safe to repeat.
 */
export const confirmSubscription = async (topicArn: string, token: string): Promise<void> => {
  const client = await clientOf(topicArn.split(':')[3] ?? '');
  const { ConfirmSubscriptionCommand } = await import('@aws-sdk/client-sns');
  await client.send(
    new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token, AuthenticateOnUnsubscribe: 'true' }),
  );
};
