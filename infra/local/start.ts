/** `npm start`: everything on one machine, with nothing but Node. */
import { Refused } from '../../shared/domain/refused.ts';
import { DEMO_KEYS } from './demo.ts';
import { demoReviewLink } from './demo-review.ts';
import { type Platform, startPlatform } from './platform.ts';
import { type LocalSettings, readSettings } from './settings.ts';

const greet = async (platform: Platform, settings: LocalSettings): Promise<string> => {
  const { url, adminKey, ports } = platform;
  const review = settings.demo ? await demoReviewLink(ports) : undefined;
  return [
    '',
    `Address     ${url}   (the API is described at ${url}/docs)`,
    `Admin key   ${settings.adminKey ? 'the one in FIREBREAK_ADMIN_KEY' : adminKey}`,
    `Mailbox     ${url}/local/mailbox   (what was sent to people)`,
    `Data        ${settings.folder}`,
    ...(review ? ['', 'Read a review of an outage that everybody heard of:', '', review] : []),
    ...(settings.demo
      ? ['', 'Open an incident, and see in the mailbox who is paged:', '', trigger(url)]
      : []),
    '',
    `Firebreak is ready on ${url}`,
  ].join('\n');
};

/** One line to paste: what PagerDuty's integrations send. */
const trigger = (url: string): string => {
  const payload = { summary: 'Checkout is failing', source: 'shop.example.com', severity: 'critical' };
  const event = { routing_key: DEMO_KEYS.pagerduty, event_action: 'trigger', payload };
  return `curl -X POST ${url}/v2/enqueue -H 'Content-Type: application/json' -d '${JSON.stringify(event)}'`;
};

/** What is under way is finished first. Asking twice, as npm and a terminal do together, is asking once. */
const stopOn = (starting: Promise<Platform>): void => {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping ??= starting.then((platform) => platform.stop());
    await stopping;
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

const start = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const starting = startPlatform(settings);
  stopOn(starting);
  console.log(await greet(await starting, settings));
};

try {
  await start();
} catch (error) {
  console.error(error instanceof Refused ? error.message : error);
  process.exit(1);
}
