import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, SNSEvent } from 'aws-lambda';
import * as z from 'zod';
import { Duration, type Instant, milliseconds } from '../../shared/domain/time.ts';
import { api } from '../../shared/edge/http.ts';
import type { HttpReply } from '../../shared/edge/http-event.ts';
import { problemReply } from '../../shared/edge/problem.ts';
import { route } from '../../shared/edge/route.ts';
import { pageHeaders } from '../../shared/pages/layout.ts';
import { mailboxPage } from '../../shared/pages/mailbox.ts';
import type { Clock } from '../../shared/workflow/engine/ports.ts';
import { fileRoutes, isOfFile } from './file-routes.ts';
import type { LocalFiles } from './files.ts';
import type { Mailbox } from './mailbox.ts';

const LONGEST_ADVANCE = milliseconds('P366D');
const SHOWN_TO_PEOPLE = 200;
/** Another name that leads here belongs to a page that somebody else serves. */
const OWN_NAMES = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

export interface Machine {
  clock: Clock;
  mailbox: Mailbox;
  files: LocalFiles;
  advance(duration: string): Promise<Instant>;
  hearText(event: SNSEvent): Promise<unknown>;
}

/** What exists on one machine only: the mailbox, the files, the clock, and the phone that answers. For this machine's own use. */
export const localRoutes = (machine: Machine): ((event: APIGatewayProxyEventV2) => Promise<HttpReply>) => {
  const file = fileRoutes(machine.files);
  const json = api('local', [messages(machine), clock(machine), sms(machine)]);
  return async (event) => {
    if (!OWN_NAMES.test(event.headers.host ?? ''))
      return problemReply('forbidden', { detail: 'Ask for this as localhost or 127.0.0.1.' });
    if (isOfFile(event.rawPath)) return file(event);
    const { method } = event.requestContext.http;
    if (event.rawPath !== '/local/mailbox') return json(event);
    return method === 'GET' || method === 'HEAD' ? mailbox(machine) : json(event);
  };
};

const mailbox = async ({ clock, mailbox }: Machine): Promise<HttpReply> => ({
  statusCode: 200,
  headers: pageHeaders(),
  body: mailboxPage(await mailbox.newest(SHOWN_TO_PEOPLE), clock.now()),
});

const Limit = z.strictObject({ limit: z.coerce.number().int().min(1).max(1_000_000).default(100) });

const messages = ({ mailbox }: Machine) =>
  route(
    'GET /local/messages',
    {
      about: 'Lists sent messages, newest first.',
      needs: 'none',
      query: Limit,
      response: z.object({ items: z.array(z.looseObject({ id: z.string() })) }),
    },
    async ({ query }) => ({ items: await mailbox.newest(query.limit) }),
  );

const Advance = z.strictObject({
  advance: Duration.refine((duration) => milliseconds(duration) <= LONGEST_ADVANCE, 'must be P366D or less'),
});

const clock = ({ advance }: Machine) =>
  route(
    'POST /local/clock',
    {
      about: "Moves this machine's clock forward and runs everything that comes due.",
      needs: 'none',
      body: Advance,
      response: z.object({ now: z.string() }),
    },
    async ({ body }) => ({ now: await advance(body.advance) }),
  );

const Text = z.strictObject({
  from: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number such as +15550100123'),
  text: z.string().max(1600),
});

const sms = ({ hearText, clock }: Machine) =>
  route(
    'POST /local/sms',
    {
      about: 'Receives a text message from a phone, as an answer to a page.',
      needs: 'none',
      body: Text,
      response: z.object({ id: z.string() }),
    },
    async ({ body }) => {
      const id = randomUUID();
      await hearText(inbound(id, body, clock.now()));
      return { id };
    },
  );

/** What a two-way number publishes to its SNS topic. */
const inbound = (id: string, { from, text }: z.infer<typeof Text>, at: Instant): SNSEvent => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:local:000000000000:texts:local',
      Sns: {
        Type: 'Notification',
        MessageId: id,
        TopicArn: 'arn:aws:sns:local:000000000000:texts',
        Subject: '',
        Message: JSON.stringify({
          originationNumber: from,
          destinationNumber: SMS_NUMBER,
          messageKeyword: 'KEYWORD',
          messageBody: text,
          inboundMessageId: id,
        }),
        Timestamp: at,
        SignatureVersion: '1',
        Signature: '',
        SigningCertUrl: '',
        UnsubscribeUrl: '',
        MessageAttributes: {},
      },
    },
  ],
});

/** The number that pages seem to come from. */
const SMS_NUMBER = '+15550100000';
