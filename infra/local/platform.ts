import { setTimeout as wait } from 'node:timers/promises';
import type { Duration, Instant } from '../../shared/domain/time.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import type { Letter } from '../../shared/pages/mailbox.ts';
import type { Ports, Settings } from '../../shared/workflow/engine/ports.ts';
import { openClockAdvance } from './advance-clock.ts';
import { openClock } from './clock.ts';
import { seedDemo } from './demo.ts';
import { writeDemoReview } from './demo-review.ts';
import { planDemoTraffic } from './demo-traffic.ts';
import { openFiles } from './files.ts';
import { takeFolder } from './folder.ts';
import { loadFunctions } from './functions.ts';
import { openGateway } from './gateway.ts';
import { localRoutes } from './local-routes.ts';
import type { MailSettings } from './mail.ts';
import { openMailbox } from './mailbox.ts';
import { openStore } from './open-store.ts';
import { portsHere } from './ports-here.ts';
import { keepRunning, openRecurring } from './recurring.ts';
import { openSecrets } from './secrets.ts';
import { openStreamEmulator } from './stream-emulator.ts';
import { keepSweeping, takeOver } from './sweeping.ts';
import { openTimers } from './timers.ts';
import { openVault } from './vault.ts';

const SETTLES_WITHIN = 10_000;

export interface PlatformOptions {
  /** Where everything is kept; one platform at a time. */
  folder: string;
  /** 0, unless told: any free port. */
  port?: number;
  /** 20 characters or more; else one is made, once. */
  adminKey?: string | undefined;
  demo?: boolean;
  fallbackContact?: Settings['fallbackContact'];
  mail?: MailSettings | undefined;
  /** The endpoint of a DynamoDB to use in place of SQLite. */
  dynamodb?: string | undefined;
  /** Then the clock starts there and moves by `advance` alone, and nothing wakes by itself. */
  standsAt?: Instant;
  /** Events a minute that one integration key may send; 6,000 unless told. */
  eventsPerMinute?: number;
  /** Status feeds of providers, and issue trackers, may be served on 127.0.0.1. */
  allowLocalFeeds?: boolean;
}

export interface Platform {
  port: number;
  /** Without a trailing slash. */
  url: string;
  adminKey: string;
  ports: Ports;
  /** Moves the clock from due time to due time, doing what is due at each; resolves to the time it then is. */
  advance(duration: Duration): Promise<Instant>;
  /** Lists sent messages, newest first. */
  messages(limit?: number): Promise<Letter[]>;
  /** Resolves when everything that was committed has been handed over. */
  settled(): Promise<void>;
  /** Finishes what is under way, closes the store, and lets go of the folder. */
  stop(): Promise<void>;
}

/** What closes each part that was opened, in the order of opening. */
type Closing = (() => unknown)[];

/**
 * Starts Firebreak in this process, one at a time. Every request to its port waits until it is ready.
 * @throws Refused with a sentence that says what to do, when the folder, the port or the database cannot be had.
 */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const closing: Closing = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const platform = await open(options, closing);
    let stopped: Promise<void> | undefined;
    return { ...platform, stop: () => (stopped ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
};

const open = async (options: PlatformOptions, closing: Closing): Promise<Omit<Platform, 'stop'>> => {
  const folder = takeFolder(options.folder);
  closing.push(folder.release);
  const mailbox = await openMailbox(folder.path);
  closing.push(mailbox.close);
  const clock = openClock(folder.path, options.standsAt);
  const secrets = openSecrets(folder.path, options.adminKey);
  const vault = openVault(folder.path);
  const gateway = await openGateway(options.port ?? 0);
  closing.push(gateway.close);
  const functions = await loadFunctions();
  const streamEmulator = openStreamEmulator(functions.deliverOutbox);
  const timers = openTimers(clock, functions.fireTimer);
  const settled = async (): Promise<void> => {
    await timers.settled();
    await streamEmulator.settled();
  };
  const { store, close } = await openStore({
    ...options,
    folder: folder.path,
    afterCommit: streamEmulator.take,
  });
  closing.push(close, () => Promise.race([settled(), wait(SETTLES_WITHIN)]), gateway.close, timers.stop);
  const url = `http://localhost:${gateway.port}`;
  const files = openFiles({ folder: folder.path, url, clock, secrets });
  const ports = portsHere({ ...options, url, clock, secrets, files, vault, mailbox, timers, store });
  usePorts(ports);
  const sweep = async (): Promise<void> => void (await functions.sweep().catch(() => {}));
  const recurring = openRecurring({ ports, run: functions.runSchedule });
  const clockAdvance = openClockAdvance({ store, clock, sweep, settled, recurring });
  await takeOver(ports, clockAdvance);
  const isNew = options.demo && (await seedDemo(ports));
  if (isNew && clock.runs) await planDemoTraffic(ports);
  if (options.demo) await writeDemoReview(ports);
  if (clock.runs) closing.push(keepSweeping({ ports, timers, clockAdvance, sweep }), keepRunning(recurring));
  const { advance } = clockAdvance;
  const local = localRoutes({ clock, mailbox, files, advance, hearText: functions.hearText });
  gateway.open((event) => (event.rawPath.startsWith('/local/') ? local(event) : functions.answer(event)));
  const messages = (limit = 1000) => mailbox.newest(limit);
  return { port: gateway.port, url, adminKey: secrets.adminKey, ports, advance, messages, settled };
};
