import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Refused } from '../../shared/domain/refused.ts';
import type { HttpReply } from '../../shared/edge/http-event.ts';
import { problemReply } from '../../shared/edge/problem.ts';
import { telemetry } from '../../shared/edge/telemetry.ts';
import { isOfFile } from './file-routes.ts';
import { eventOf } from './gateway-event.ts';

/** What API Gateway takes at most; files do not go through it on AWS. Megabytes. */
const LARGEST_BODY = 10;
const LARGEST_FILE = 25;
const MEGABYTE = 1024 * 1024;
/** Longer than the usual idle time of clients' pools, so that it is they who close. Milliseconds. */
const KEEP_ALIVE = 75_000;
/** How long a sender that is refused may go on. Milliseconds. */
const LINGER = 1000;

export type Answerer = (event: APIGatewayProxyEventV2) => Promise<HttpReply>;

export interface Gateway {
  port: number;
  /** Lets requests in; those that came before have waited. */
  open(answer: Answerer): void;
  /** Takes no new requests, and resolves when those under way are answered. */
  close(): Promise<void>;
}

/**
 * What API Gateway is on AWS: turns each request into an event of payload version 2.0, and the answer into a reply.
 * On 127.0.0.1 only. It has its port before it is open, so that links can be made.
 * @throws Refused when the port cannot be had.
 */
export const openGateway = async (port: number): Promise<Gateway> => {
  const opened = Promise.withResolvers<Answerer>();
  let closing: Promise<void> | undefined;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, async (request, response) => {
    const reply = await serve(request, opened.promise);
    await send(response, reply, closing !== undefined);
  });
  const close = (): Promise<void> => {
    opened.resolve(async () => problemReply('unavailable', { detail: 'Firebreak is stopping.' }));
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return {
    port: await listen(server, port),
    open: opened.resolve,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portTrouble(error, port)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

const portTrouble = (error: NodeJS.ErrnoException, port: number): Error => {
  if (error.code === 'EADDRINUSE')
    return new Refused(
      'in-use',
      `Port ${port} is taken: stop what listens there, or set PORT to another port.`,
    );
  if (error.code === 'EACCES')
    return new Refused('invalid', `Port ${port} is not allowed here: set PORT to one above 1023.`);
  return error;
};

/** Never rejects. */
const serve = async (request: IncomingMessage, opened: Promise<Answerer>): Promise<HttpReply> => {
  try {
    const largest = isOfFile(request.url ?? '') ? LARGEST_FILE : LARGEST_BODY;
    const body = await read(request, largest * MEGABYTE);
    if (body === 'too-large') return problemReply('too-large', { detail: `Send at most ${largest} MB.` });
    const answer = await opened;
    return await answer(eventOf(request, body));
  } catch (error) {
    if (!request.destroyed || request.complete) telemetry.alarm('gateway.failed', error);
    return problemReply('internal');
  }
};

/** The body; reads no further than the limit. */
const read = async (request: IncomingMessage, largest: number): Promise<Buffer | 'too-large'> => {
  if (Number(request.headers['content-length'] ?? 0) > largest) return 'too-large';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const send = async (response: ServerResponse, reply: HttpReply, isClosing: boolean): Promise<void> => {
  const { statusCode, headers, body, isBase64Encoded } = reply;
  const { req: request } = response;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const hasBody = statusCode !== 204 && statusCode !== 304;
  response.writeHead(statusCode, {
    ...headers,
    ...(hasBody ? { 'content-length': bytes.length } : {}),
    ...(isClosing || !request.complete ? { connection: 'close' } : {}),
  });
  if (request.complete) return void response.end(bytes);
  // Closed at once, the connection would be reset before its sender has read why.
  response.write(bytes);
  request.resume();
  await Promise.race([new Promise((resolve) => request.once('close', resolve)), wait(LINGER)]);
  response.end();
};
