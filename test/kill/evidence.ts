import { type Administrator, messagesOf, type SentMessage } from '../support/administrator.ts';

export interface SeenAlert {
  id: string;
  dedupKey: string;
  incidentId: string;
}

export interface SeenIncident {
  id: string;
  title: string;
  status: string;
}

export interface SeenPage {
  id: string;
  personId: string;
  state: string;
  step: number;
}

/** All that can be seen from outside. */
export interface Evidence {
  alerts: SeenAlert[];
  incidents: SeenIncident[];
  /** By incident. */
  pages: Map<string, SeenPage[]>;
  /** Oldest first. */
  messages: SentMessage[];
}

const AT_ONCE = 8;

/** Asks the API for everything, and the mailbox. */
export const gather = async (administrator: Administrator): Promise<Evidence> => {
  const alerts = await administrator.all<SeenAlert>('/v1/alerts');
  const incidents = await administrator.all<SeenIncident>('/v1/incidents');
  const pages = new Map<string, SeenPage[]>();
  const waiting = [...incidents];
  const ask = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      pages.set(next.id, await administrator.all<SeenPage>(`/v1/incidents/${next.id}/pages`));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return { alerts, incidents, pages, messages: await messagesOf(administrator) };
};
