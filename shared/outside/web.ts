import { lookup as resolveName } from 'node:dns/promises';
import type { RequestOptions } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Bytes. */
const LARGEST = 1024 * 1024;
const PORTS = ['', '443', '8443'];

/** Everything that is not the public internet: this host, its networks, its cloud's metadata, what is reserved. */
const CLOSED: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
/** Of IPv6 only 2000::/3 is public, but for these: they carry an IPv4 address inside, or are for documents. */
const CLOSED_6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [net, prefix] of CLOSED) closed.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of CLOSED_6) closed.addSubnet(net, prefix, 'ipv6');
const open6 = new BlockList();
open6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is on the public internet. */
export const isPublic = (address: string): boolean => {
  const version = isIP(address);
  if (version === 4) return !closed.check(address, 'ipv4');
  return version === 6 && open6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
};

export interface Options {
  /** Lets `http://127.0.0.1` and `localhost` through, for trying it out on one machine. */
  allowLoopback?: boolean;
  /** For tests: the addresses of a name. */
  resolve?: (name: string) => Promise<{ address: string; family: number }[]>;
}

interface Target {
  url: URL;
  address: string;
  family: number;
}

const LOOPBACK = /^(127\.0\.0\.1|localhost)$/;

const resolveAll: Options['resolve'] = (name) => resolveName(name, { all: true });

/** The address to connect to: resolved once, so that nobody can answer the second time with another. */
const targetOf = async (given: string, { allowLoopback, resolve = resolveAll }: Options): Promise<Target> => {
  const url = new URL(given);
  if (allowLoopback && url.protocol === 'http:' && LOOPBACK.test(url.hostname))
    return { url, address: '127.0.0.1', family: 4 };
  if (url.protocol !== 'https:' || !PORTS.includes(url.port)) throw new Error('only https is supported');
  if (url.username || url.password) throw new Error('an address with a password is not supported');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve?.(host);
  const [first] = found ?? [];
  if (!first) throw new Error('the name has no address');
  if (!found?.every(({ address }) => isPublic(address))) throw new Error('the address is not public');
  return { url, ...first };
};

/** What is asked, and how long it may take. */
export interface Asked {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds. */
  longest: number;
  /** What comes back, as an error names it. */
  called: 'page' | 'answer';
}

export interface Answer {
  status: number;
  body: string;
}

/**
 * Reads a page that somebody else serves. Only https, from public addresses, connected to the very address that was
 * looked at; redirects are not followed; 5 seconds and 1 MB at most.
 * @throws with a reason that may be shown; it never quotes the page.
 */
export const readPage = (url: string, options: Options = {}): Promise<Answer> =>
  exchange({ url, headers: { accept: 'application/json' }, longest: 5000, called: 'page' }, options);

/**
 * One request and its answer, under the rules of this page.
 * @throws with a reason that may be shown; it never quotes the answer.
 */
export const exchange = async (asked: Asked, options: Options): Promise<Answer> => {
  const { longest } = asked;
  const signal = AbortSignal.timeout(longest);
  try {
    return await Promise.race([
      targetOf(asked.url, options).then((target) => ask(target, asked, signal)),
      expiryOf(signal),
    ]);
  } catch (error) {
    throw signal.aborted ? new Error(`no answer within ${longest / 1000} seconds`) : error;
  }
};

const expiryOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

const ask = async (
  { url, address, family }: Target,
  { method = 'GET', headers, body, called }: Asked,
  signal: AbortSignal,
): Promise<Answer> => {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const options: RequestOptions = {
    ...{ signal, method, agent: false },
    headers: { 'user-agent': 'Firebreak', ...headers },
    lookup: (_name, { all }, answer) =>
      all ? answer(null, [{ address, family }]) : answer(null, address, family),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, async (response) => {
      try {
        resolve({ status: response.statusCode ?? 0, body: await textOf(response, called) });
      } catch (error) {
        reject(error);
      } finally {
        response.destroy();
      }
    });
    sent.once('error', reject);
    sent.end(body);
  });
};

const textOf = async (response: AsyncIterable<Buffer>, called: Asked['called']): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > LARGEST) throw new Error(`the ${called} is larger than 1 MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};
