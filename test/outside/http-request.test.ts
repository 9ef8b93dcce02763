import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { httpRequest } from '../../shared/outside/http-request.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer(answer).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/v3/repos`);
    });
    servers.push(server);
  });

const here = { allowLoopback: true };
const request = {
  method: 'POST',
  headers: { authorization: 'Bearer abc' },
  body: '{"title":"Ünïcode"}',
} as const;

test('method, headers and body arrive as they are given, and status and body come back', async () => {
  const url = await serve(async (asked, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk);
    const { method, url: path, headers } = asked;
    const body = Buffer.concat(chunks).toString();
    const { authorization, 'content-length': length, 'user-agent': agent } = headers;
    response.writeHead(201).end(JSON.stringify({ method, path, authorization, length, agent, body }));
  });
  const { status, body } = await httpRequest({ ...request, url }, here);
  expect(status).toBe(201);
  expect(JSON.parse(body)).toEqual({
    ...{ method: 'POST', path: '/api/v3/repos', authorization: 'Bearer abc', agent: 'Firebreak' },
    ...{ length: String(Buffer.byteLength(request.body)), body: request.body },
  });
});

test.each([
  ['http://tracker.example.com/', 'only https'],
  ['http://127.0.0.1/', 'only https'],
  ['https://tracker.example.com:9001/', 'only https'],
  ['https://user:password@tracker.example.com/', 'password'],
  ['https://169.254.169.254/', 'the address is not public'],
  ['https://[::1]/', 'the address is not public'],
  ['https://tracker.example.com/', 'the address is not public'],
])('%s is not called: %s', async (url, why) => {
  const resolve = async () => [
    { address: '8.8.8.8', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  await expect(httpRequest({ ...request, url }, { resolve })).rejects.toThrow(why);
});

test('a redirect is an answer, and the token goes nowhere else', async () => {
  const seen: unknown[] = [];
  const other = await serve((asked, response) => {
    seen.push(asked.headers);
    response.end();
  });
  const url = await serve((_, response) => response.writeHead(301, { location: other }).end());
  expect(await httpRequest({ ...request, url }, here)).toEqual({ status: 301, body: '' });
  expect(seen).toEqual([]);
});

test('an answer of more than 1 MB is not read to its end', async () => {
  const url = await serve((_, response) => {
    const more = (): void => void response.write('x'.repeat(65_536), (error) => error ?? more());
    more();
  });
  await expect(httpRequest({ ...request, url }, here)).rejects.toThrow('the answer is larger than 1 MB');
});

test('nobody is waited for longer than 10 seconds', { timeout: 15_000 }, async () => {
  const url = await serve((_, response) => void response.write('{'));
  await expect(httpRequest({ ...request, url }, here)).rejects.toThrow('no answer within 10 seconds');
});
