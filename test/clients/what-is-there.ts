import { type Administrator, messagesOf, type SentMessage } from '../support/administrator.ts';

export interface Incident {
  id: string;
  title: string;
  status: string;
  severity: string;
}

export interface Alert {
  id: string;
  incidentId: string;
  source: string;
  summary: string;
  status: string;
  count: number;
}

/** The incidents whose title holds the words. */
export const incidentsCalled = async (administrator: Administrator, words: string): Promise<Incident[]> =>
  (await administrator.all<Incident>('/v1/incidents')).filter(({ title }) => title.includes(words));

export const alertsOf = (administrator: Administrator, incidentId: string): Promise<Alert[]> =>
  administrator.all<Alert>(`/v1/alerts?incidentId=${incidentId}`);

/** The messages whose subject holds the words. */
export const messagesAbout = async (administrator: Administrator, words: string): Promise<SentMessage[]> =>
  (await messagesOf(administrator)).filter(({ subject }) => subject?.includes(words));
