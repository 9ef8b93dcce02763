import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { expect, it, vi } from 'vitest';
import { configure } from '../../infra/configuration.ts';
import { sendHere } from '../../infra/local/send.ts';
import { Messaging } from '../../infra/messaging.ts';
import { sendBy } from '../../shared/channels/index.ts';
import { Channel, CONTACT_FORM, parseContact } from '../../shared/domain/channels/channel.ts';
import type { Declaration } from '../../shared/domain/channels/declaration.ts';
import { wordPage } from '../../shared/domain/corrective/paging/messages.ts';
import { Page } from '../../shared/domain/corrective/paging/page.ts';
import { PersonBody } from '../../shared/domain/directory/person.ts';
import { recipientOf } from '../../shared/domain/outbox/subject.ts';
import { redact } from '../../shared/edge/redact.ts';
import { mailboxPage } from '../../shared/pages/mailbox.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

/** A channel that exists in this file alone: a webhook of a chat. */
const { chat, posted } = await vi.hoisted(async () => {
  const z = await import('zod');
  const chat: Declaration = {
    name: 'chat',
    title: 'Chat message',
    address: {
      schema: z.url({ protocol: /^https$/, error: 'must be the webhook of a room' }),
      placeholder: 'https://…',
      inText: /https:\/\/chat\.example\.com\/\S+/g,
      mask: () => 'https://chat.example.com/•••',
    },
    capabilities: { short: true, subject: false, html: false, replies: false, quiet: true },
    render: ({ subject, heading, title, link }) => ({ subject, text: `*${heading}* ${title} <${link}>` }),
    grants: ({ arn }) => [
      { actions: ['sqs:SendMessage'], resources: [arn({ service: 'sqs', resource: 'chat' })] },
    ],
    onOneMachine: 'nothing',
  };
  return { chat, posted: [] as string[] };
});

vi.mock('../../shared/domain/channels/registry.ts', async (original) => {
  const { channels } = await original<{ channels: Declaration[] }>();
  return { channels: [...channels, chat] };
});
vi.mock('../../shared/channels/senders.ts', () => ({
  senders: {
    chat: async () => ({
      send: async ({ to, text }: Message) => {
        posted.push(`${to} ${text}`);
        return { handedOver: true, reference: 'post-1' };
      },
    }),
  },
}));

const channel = Channel.parse('chat');
const ROOM = 'https://chat.example.com/hooks/ops';
const person = (address: string) => ({
  name: 'Ada',
  email: 'ada@example.com',
  contactMethods: [{ id: 'room', channel: 'chat', address, verified: true }],
});
const message: Message = { id: 'pag_1', channel, to: ROOM, subject: 'down', text: 'it is down' };

it('is an address of a person, checked by its own schema', () => {
  expect(PersonBody.parse(person(ROOM)).contactMethods[0]?.address).toBe(ROOM);
  expect(PersonBody.safeParse(person('+15550100123')).error?.issues).toMatchObject([
    { path: ['contactMethods', 0, 'address'], message: 'must be the webhook of a room' },
  ]);
});

it('is a fallback contact, here and in the configuration of a deployment', () => {
  expect(parseContact(`chat:${ROOM}`)).toEqual({ channel: 'chat', address: ROOM });
  expect(configure({ fallbackContact: `chat:${ROOM}` }).fallbackContact).toBe(`chat:${ROOM}`);
  expect(() => configure({ fallbackContact: 'chat:ops' })).toThrow(`must be ${CONTACT_FORM}`);
  expect(CONTACT_FORM).toBe('email:address or sms:+number or chat:https://…');
});

it('is preferred for what can wait, because it says that it is quiet', () => {
  const { contactMethods } = PersonBody.parse(person(ROOM));
  const phone = { id: 'phone', channel: Channel.parse('sms'), address: '+15550100123', verified: true };
  const ada = {
    kind: 'person' as const,
    id: 'per_1',
    version: 1,
    createdAt: '2026-01-05T03:12:00.000Z',
    updatedAt: '2026-01-05T03:12:00.000Z',
    name: 'Ada',
    email: 'ada@example.com',
    timeZone: 'UTC',
    contactMethods: [phone, ...contactMethods],
    notificationRules: [],
  };
  expect(recipientOf(ada)).toMatchObject({ channel: 'chat', address: ROOM });
});

it('renders a page its own way', () => {
  const page = Page.parse({
    kind: 'page',
    incidentId: 'inc_1',
    promise: 'g1.l0.s0#per_1#room',
    id: 'pag_1',
    clientId: 'cli_1',
    purpose: 'step',
    generation: 1,
    loop: 0,
    step: 0,
    personName: 'Ada',
    methodId: 'room',
    channel: 'chat',
    address: ROOM,
    severity: 'sev1',
    about: {
      number: 12,
      title: 'Checkout is down',
      service: 'Shop',
      client: 'Harbour Books',
      openedAt: '2026-01-05T03:12:00.000Z',
    },
    state: 'claimed',
    attempts: 1,
    promisedAt: '2026-01-05T03:12:00.000Z',
  });
  const words = wordPage(page, { link: 'https://a.example.com/1', now: '2026-01-05T03:12:40.000Z' });
  expect(words.text).toBe('*SEV1 #12* Checkout is down <https://a.example.com/1>');
});

it('is sent by its own sender, and on one machine it is put in the mailbox', async () => {
  const settings = { emailFrom: '', emailConfigurationSet: '', smsNumber: '' };
  expect(await sendBy(message, settings)).toEqual({ handedOver: true, reference: 'post-1' });
  expect(posted).toEqual([`${ROOM} it is down`]);

  const now = '2026-01-05T03:12:00.000Z';
  const kept: Message[] = [];
  const mailbox = { put: async (each: Message) => void kept.push(each), newest: async () => [] };
  const send = sendHere({
    mailbox: { ...mailbox, close: async () => {} },
    clock: { now: () => now, pause: async () => {} },
    mail: { url: 'smtp://127.0.0.1:1', from: 'pages@example.com' },
  });
  expect(await send(message)).toEqual({ handedOver: true, reference: 'pag_1' });
  expect(kept).toEqual([message]);
  const letter = { id: 'pag_1', at: now, channel, to: ROOM, text: 'it is down', links: [] };
  expect(mailboxPage([letter], now)).toContain('Chat message to');
});

it('has its address kept out of logs', () => {
  expect(redact(`no answer from ${ROOM}`)).toBe('no answer from https://chat.example.com/•••');
});

it('is granted what it declares, to every function that sends', () => {
  const stack = new Stack(new App(), 'Test');
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  new Messaging(stack, 'Messaging', { name: 'firebreak', emailFrom: undefined }).grantSend(role);
  const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policies).toContain('sqs:SendMessage');
});
