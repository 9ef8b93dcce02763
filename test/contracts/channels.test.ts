import { createServer } from 'node:net';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendBy } from '../../shared/channels/index.ts';
import { senders } from '../../shared/channels/senders.ts';
import { Channel } from '../../shared/domain/channels/channel.ts';
import { channels } from '../../shared/domain/channels/registry.ts';
import { redact } from '../../shared/edge/redact.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

const LONGEST = 6000;
const settings = { emailFrom: 'pages@example.com', emailConfigurationSet: '', smsNumber: '' };
const ADDRESS: Record<Channel, string> = { email: 'ada@example.com', sms: '+15550100123' };
const messageBy = (channel: Channel): Message => ({
  id: 'pag_1',
  channel,
  incidentId: 'inc_1',
  to: ADDRESS[channel],
  subject: 'subject',
  text: 'text',
});

/** Listens on a free port of this machine and never says a word. */
const silentServer = async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => server.close() };
};

/** A channel whose client does not exist yet, so that it finds the endpoint of this test. */
const channelAt = async (name: Channel, endpoint: string) => {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.resetModules();
  const fresh = await import('../../shared/channels/index.ts');
  return (message: Message) => fresh.sendBy({ ...message, channel: name }, settings);
};

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(() => void vi.unstubAllEnvs());

it('there is one sender for every kind of contact method', () => {
  expect(Object.keys(senders).toSorted()).toEqual(Channel.options.toSorted());
});

const installation = {
  emailFrom: 'pages@example.com',
  emailConfigurationSet: 'pages',
  arn: ({ service }: { service: string }) => `arn:${service}`,
};

describe.each(channels)('the channel $name', ({ name, title, address, grants }) => {
  it('says what it is called and what its sender may do', () => {
    expect(title).not.toBe('');
    const actions = grants(installation).flatMap((grant) => grant.actions);
    expect(actions.every((action) => /^[a-z]+:[A-Za-z]+$/.test(action))).toBe(true);
  });

  it('takes its own addresses, and keeps them out of logs', () => {
    expect(address.schema.safeParse(ADDRESS[name]).success).toBe(true);
    expect(address.schema.safeParse('nobody').success).toBe(false);
    expect(redact(`to ${ADDRESS[name]}`)).not.toContain(ADDRESS[name]);
  });

  it('gives a reference for what it handed over', async () => {
    const [ses, sns] = [mockClient(SESv2Client), mockClient(SNSClient)];
    ses.onAnyCommand().resolves({ MessageId: 'reference-1' });
    sns.onAnyCommand().resolves({ MessageId: 'reference-1' });
    const receipt = await sendBy(messageBy(name), settings);
    ses.restore();
    sns.restore();
    expect(receipt).toEqual({ handedOver: true, reference: 'reference-1' });
  });

  it('reports an endpoint that refuses connections as worth another try', async () => {
    const server = await silentServer();
    server.close();
    const send = await channelAt(name, server.endpoint);
    const started = performance.now();
    expect(await send(messageBy(name))).toMatchObject({ handedOver: false, retryable: true });
    expect(performance.now() - started).toBeLessThan(LONGEST);
  });

  it('reports an endpoint that never answers as worth another try, within 6 seconds', async () => {
    const server = await silentServer();
    const send = await channelAt(name, server.endpoint);
    const started = performance.now();
    const receipt = await send(messageBy(name));
    server.close();
    expect(receipt).toMatchObject({
      handedOver: false,
      retryable: true,
      reason: expect.stringMatching('5 s'),
    });
    expect(performance.now() - started).toBeLessThan(LONGEST);
  });
});
