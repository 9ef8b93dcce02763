import { ADMIN_KEY } from './firebreak-process.ts';

const PATIENCE = 60_000;

/** The API as an administrator's program uses it. What is not answered with 2xx throws, with the answer in it. */
export interface Administrator {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  /** Every item of a list, page by page. */
  all<T>(path: string): Promise<T[]>;
}

/** `url` is asked for anew with every request, for an installation that moves when it is started again. */
export const administratorAt = (url: () => string | Promise<string>): Administrator => {
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const reply = await fetch(`${await url()}${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path} was answered ${reply.status}: ${text}`);
    return JSON.parse(text) as T;
  };
  const get = <T>(path: string): Promise<T> => ask<T>('GET', path);
  return {
    get,
    post: (path, body = {}) => ask('POST', path, body),
    all: async <T>(path: string): Promise<T[]> => {
      const items: T[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const query: string = `limit=100${next ? `&cursor=${encodeURIComponent(next)}` : ''}`;
        const page: { items: T[]; next: string | null } = await get(
          `${path}${path.includes('?') ? '&' : '?'}${query}`,
        );
        items.push(...page.items);
        next = page.next;
      }
      return items;
    },
  };
};

/** What `/local/messages` tells of one message. */
export interface SentMessage {
  id: string;
  at: string;
  channel: string;
  to: string;
  subject?: string;
  text: string;
  links: string[];
}

/** Every message that was sent, oldest first. */
export const messagesOf = async (administrator: Administrator): Promise<SentMessage[]> =>
  (await administrator.get<{ items: SentMessage[] }>('/local/messages?limit=1000000')).items.reverse();

/** Moves the clock, and resolves when everything that came due, and everything that was under way, is done. */
export const pass = async (administrator: Administrator, duration: string): Promise<string> =>
  (await administrator.post<{ now: string }>('/local/clock', { advance: duration })).now;
