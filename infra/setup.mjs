/**
 * Runs before every npm script: installs what the script needs, and does nothing once that is there. It needs nothing
 * but Node 20, because it is what brings the rest. `node infra/setup.mjs start` brings what one machine runs on,
 * without `start` everything that development and deployment take.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = join(ROOT, 'node_modules');
const OWN_NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
/** The first Node that runs all of Firebreak as it is; older ones install one of their own. */
const [MAJOR, MINOR] = [24, 12];

/** The DynamoDB client is not among what one machine needs by itself. */
const onlyStart = process.argv[2] === 'start' && !process.env.DYNAMODB_ENDPOINT;

const nodeIsNewEnough = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > MAJOR || (major === MAJOR && minor >= MINOR);
};

const packagesIn = (lock) => JSON.parse(readFileSync(lock, 'utf8')).packages;

/** Compares with what npm wrote down of its last installation, which is there only when that went through. */
const isInstalled = () => {
  const record = join(MODULES, '.package-lock.json');
  if (!existsSync(record) || !(nodeIsNewEnough() || existsSync(OWN_NODE))) return false;
  const found = packagesIn(record);
  return Object.entries(packagesIn(join(ROOT, 'package-lock.json'))).every(
    ([path, wanted]) =>
      path === '' || wanted.optional || (onlyStart && wanted.dev) || found[path]?.version === wanted.version,
  );
};

/** `npm ci` removes everything first, which Windows does not allow while this very Node lies in there. */
const npmArguments = () => [
  ...(process.execPath.startsWith(MODULES + sep) ? ['install', '--no-save'] : ['ci']),
  ...(onlyStart ? ['--omit=dev', '--omit=optional'] : ['--include=dev']),
  // The only script that must run is the one that brings a Node.
  ...(nodeIsNewEnough() && !existsSync(OWN_NODE) ? ['--ignore-scripts'] : []),
  ...['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--fetch-retry-mintimeout=1000'],
];

/** npm by the Node that runs npm itself, so that no shell is needed to find it. */
const startNpm = () => {
  const { npm_execpath: npm = '', npm_node_execpath: node = process.execPath } = process.env;
  const options = { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] };
  return npm.endsWith('npm-cli.js')
    ? spawn(node, [npm, ...npmArguments()], options)
    : spawn(['npm', ...npmArguments()].join(' '), { ...options, shell: true });
};

const PLAIN = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR/,
    'The npm registry cannot be reached. Check the network and the proxy settings of npm, and try again.',
  ],
  [/ENOSPC/, 'The disk is full. Make room, and try again.'],
  [/EBUSY/, 'A file in node_modules is in use. Stop every running Firebreak, and try again.'],
  [
    /EACCES|EPERM|EROFS/,
    `Firebreak cannot write to ${ROOT}. Make the folder writable for you, and try again.`,
  ],
];

const fail = (complaint, code) => {
  const [, sentence] = PLAIN.find(([pattern]) => pattern.test(complaint)) ?? [];
  console.error(
    `\n${complaint.trim()}\n\n${sentence ?? 'npm could not install what Firebreak needs; see above.'}`,
  );
  process.exit(code || 1);
};

const say = () => {
  const size = onlyStart ? (nodeIsNewEnough() ? 20 : 210) : nodeIsNewEnough() ? 480 : 670;
  const what = onlyStart ? 'what Firebreak needs' : 'everything for development and deployment';
  const node = nodeIsNewEnough() ? '' : `, with Node ${MAJOR}`;
  console.log(`Installing ${what} (about ${size} MB${node}, once)…`);
};

const install = () => {
  say();
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const ticking = setInterval(() => console.log(`  … still installing after ${seconds()} s`), 5000);
  const npm = startNpm();
  let complaint = '';
  npm.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => npm.kill(signal));
  npm.on('error', (error) => fail(String(error), 1));
  npm.on('close', (code, signal) => {
    clearInterval(ticking);
    if (code !== 0) fail(signal ? `The installation was stopped (${signal}).` : complaint, code);
    console.log(`Installed in ${seconds()} s.`);
  });
};

if (!isInstalled()) install();
