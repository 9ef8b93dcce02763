import * as z from 'zod';
import type { Issue, IssueChange } from '../../domain/preventive/tracker/issue.ts';
import { markedFor, withOurPart } from '../../domain/preventive/tracker/issue-text.ts';
import {
  issueOnJira,
  JiraIssue,
  JiraTransition,
  transitionTo,
} from '../../domain/preventive/tracker/jira-issue.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';
import { type Conversation, converse } from './conversation.ts';
import type { IssueTracker } from './issue-tracker.ts';

const API = '/rest/api/2';
const FIELDS = 'fields=summary,status,updated,description';
const Made = z.object({ key: JiraIssue.shape.key });
const Found = z.object({ issues: z.array(JiraIssue) });
const Transitions = z.object({ transitions: z.array(JiraTransition) });
const Nothing = z.unknown();

/** With an account it is Jira Cloud's API token, without one a personal access token of Jira Data Center. */
const authorization = ({ account }: Tracker, token: string): string =>
  account ? `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` : `Bearer ${token}`;

/** Jira's REST API, version 2: its texts are plain, and it is the same in the cloud and in the data centre. */
export const jira = (ports: Ports, tracker: Tracker, token: string): IssueTracker => {
  const { project } = tracker;
  const headers = {
    accept: 'application/json',
    authorization: authorization(tracker, token),
    'user-agent': 'Firebreak',
  };
  const conversation = converse(ports, { tracker, token, headers });
  const { apiUrl, ask } = conversation;
  const read = async (key: string): Promise<Issue> =>
    issueOnJira(await ask(JiraIssue, { method: 'GET', path: `${API}/issue/${key}?${FIELDS}` }), apiUrl);
  return {
    check: async () => void (await ask(Nothing, { method: 'GET', path: `${API}/project/${project}` })),
    make: async ({ title, text }) => {
      const fields = {
        project: { key: project },
        issuetype: { name: 'Task' },
        summary: title,
        description: text,
      };
      const { key } = await ask(Made, { method: 'POST', path: `${API}/issue`, body: { fields } });
      return read(key);
    },
    find: async (actionItemId) => {
      const jql = `project = "${project}" AND description ~ "${actionItemId}" ORDER BY created DESC`;
      const { issues } = await search(conversation, `jql=${encodeURIComponent(jql)}&maxResults=10&${FIELDS}`);
      return issues
        .map((issue) => issueOnJira(issue, apiUrl))
        .find(({ text }) => markedFor(text) === actionItemId);
    },
    read,
    change: async (key, change) => {
      const now = await read(key);
      const text = change.text && withOurPart(now.text, change.text);
      const fields = {
        ...(change.title ? { summary: change.title } : {}),
        ...(text ? { description: text } : {}),
      };
      const path = `${API}/issue/${key}`;
      if (Object.keys(fields).length > 0) await ask(Nothing, { method: 'PUT', path, body: { fields } });
      if (change.state && change.state !== now.state) await moveTo(conversation, path, change.state);
      return read(key);
    },
  };
};

/** The cloud has it under a path that the data centre does not know, and has taken away the older one. */
const search = async ({ ask }: Conversation, query: string): Promise<z.infer<typeof Found>> => {
  try {
    return await ask(Found, { method: 'GET', path: `${API}/search/jql?${query}` });
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'not-found') throw error;
    return ask(Found, { method: 'GET', path: `${API}/search?${query}` });
  }
};

/** Through the issue's own workflow: whichever step leads there. */
const moveTo = async (
  { ask }: Conversation,
  path: string,
  state: NonNullable<IssueChange['state']>,
): Promise<void> => {
  const { transitions } = await ask(Transitions, { method: 'GET', path: `${path}/transitions` });
  const step = transitionTo(transitions, state);
  const wanted = state === 'closed' ? 'to done' : 'back to open';
  if (!step) throw new Refused('invalid', `The workflow in Jira has no step from its status ${wanted}.`);
  const body = { transition: { id: step.id } };
  await ask(Nothing, { method: 'POST', path: `${path}/transitions`, body });
};
