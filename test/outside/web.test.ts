import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { isPublic, readPage } from '../../shared/outside/web.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const serve = (answer: (response: ServerResponse) => void): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/summary.json`);
    });
    servers.push(server);
  });

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.0.1', '192.168.1.1'],
  ...['192.0.2.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1'],
  ...['fd00:ec2::254', 'fc00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::1'],
  ...['2001:db8::1', '2001::1', 'ff02::1', 'no address'],
])('%s is not on the public internet', (address) => expect(isPublic(address)).toBe(false));

test.each(['8.8.8.8', '100.128.0.1', '172.32.0.1', '2606:4700:4700::1111', '2a00::1'])(
  '%s is on the public internet',
  (address) => expect(isPublic(address)).toBe(true),
);

test.each([
  ['http://status.example.com/', 'only https'],
  ['http://127.0.0.1/', 'only https'],
  ['https://status.example.com:9001/', 'only https'],
  ['file:///etc/passwd', 'only https'],
  ['https://user:password@status.example.com/', 'password'],
  ['https://127.0.0.1/', 'the address is not public'],
  ['https://0x7f000001/', 'the address is not public'],
  ['https://2130706433/', 'the address is not public'],
  ['https://[::1]/', 'the address is not public'],
  ['https://[::ffff:169.254.169.254]/', 'the address is not public'],
  ['https://status.example.com/', 'the address is not public'],
])('%s is not asked: %s', async (url, why) => {
  const resolve = async () => [
    { address: '8.8.8.8', family: 4 },
    { address: '169.254.169.254', family: 4 },
  ];
  await expect(readPage(url, { resolve })).rejects.toThrow(why);
});

test('a name is resolved once, and one without an address is not asked', async () => {
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    return [];
  };
  await expect(readPage('https://status.example.com/', { resolve })).rejects.toThrow('no address');
  expect(asked).toEqual(['status.example.com']);
});

test('this machine is asked only where it is allowed, for trying it out', async () => {
  const url = await serve((response) => response.end('{"incidents":[]}'));
  await expect(readPage(url)).rejects.toThrow('only https');
  expect(await readPage(url, { allowLoopback: true })).toEqual({ status: 200, body: '{"incidents":[]}' });
});

test('a redirect is an answer, and is not followed', async () => {
  const secret = await serve((response) => response.end('secret'));
  const url = await serve((response) => response.writeHead(302, { location: secret }).end());
  expect(await readPage(url, { allowLoopback: true })).toEqual({ status: 302, body: '' });
});

test('a page of more than 1 MB is not read to its end', async () => {
  const url = await serve((response) => {
    const more = (): void => void response.write('x'.repeat(65_536), (error) => error ?? more());
    more();
  });
  await expect(readPage(url, { allowLoopback: true })).rejects.toThrow('larger than 1 MB');
});

test('nobody is waited for longer than 5 seconds', { timeout: 8000 }, async () => {
  const url = await serve((response) => void response.write('{'));
  await expect(readPage(url, { allowLoopback: true })).rejects.toThrow('no answer within 5 seconds');
});

test('nobody there is an error that can be shown', async () => {
  const url = await serve(() => {});
  servers.pop()?.close();
  await expect(readPage(url, { allowLoopback: true })).rejects.toThrow('ECONNREFUSED');
});
