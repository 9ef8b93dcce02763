import type { Provider } from '../domain/directory/provider.ts';
import { listAll } from '../workflow/engine/list-all.ts';
import type { Ports } from '../workflow/engine/ports.ts';
import { watchFeed } from '../workflow/provider-incidents/watch-feed.ts';
import type { Job } from './index.ts';

/** Feeds read at the same time: a slow one holds up few others. */
const AT_ONCE = 16;

type Watched = Provider & { statusFeed: string };
const isWatched = (provider: Provider): provider is Watched => provider.statusFeed !== undefined;

const watchedOnes = async (ports: Ports): Promise<Watched[]> => {
  const found: Watched[] = [];
  for await (const provider of listAll(ports, { of: 'provider' }))
    if (isWatched(provider)) found.push(provider);
  return found;
};

/** One provider's trouble with us stops nobody else's. */
const watchOne = async (ports: Ports, provider: Watched): Promise<void> => {
  try {
    const reason = await watchFeed(ports, provider);
    ports.telemetry.note('feed-watched', { providerId: provider.id, reason });
  } catch (error) {
    ports.telemetry.alarm('feed-not-watched', error, { providerId: provider.id });
  }
};

export const watchProviders: Job = {
  run: async (ports) => {
    const waiting = await watchedOnes(ports);
    const count = waiting.length;
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await watchOne(ports, next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return `watched-${count}`;
  },
  isWanted: async (ports) => {
    for await (const provider of listAll(ports, { of: 'provider' })) if (isWatched(provider)) return true;
    return false;
  },
};
