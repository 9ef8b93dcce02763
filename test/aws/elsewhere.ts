/**
 * Loaded into a function of the test's stack before it begins: one host of the public internet is on this machine. Its
 * name has a public address, and what is sent there arrives at the server that a test has named. All else stays as it
 * is, this machine's own address too.
 */
import dns from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { HOST, NAMED } from './elsewhere-host.ts';

const { lookup } = dns;
const { request } = https;

const isElsewhere = (url: unknown): url is URL => url instanceof URL && url.hostname === HOST;

const serverFor = ({ pathname, search }: URL): URL => {
  if (!existsSync(NAMED)) throw new Error('Nobody has said where it is.');
  return new URL(`${pathname}${search}`, readFileSync(NAMED, 'utf8'));
};

const elsewhere = {
  lookup: async (name: string, options: object) =>
    name === HOST ? [{ address: '8.8.8.8', family: 4 }] : lookup(name, options),
  request: (url: URL, options: RequestOptions, answered: () => void) =>
    isElsewhere(url) ? http.request(serverFor(url), options, answered) : request(url, options, answered),
};
Object.assign(dns, { lookup: elsewhere.lookup });
Object.assign(https, { request: elsewhere.request });
syncBuiltinESMExports();
