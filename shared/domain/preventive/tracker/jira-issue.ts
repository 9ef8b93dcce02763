import * as z from 'zod';
import { cut, oneLine } from '../../one-line.ts';
import { instant } from '../../time.ts';
import { type Issue, LONGEST_TITLE } from './issue.ts';
import type { IssueEvent } from './issue-event.ts';

/** Jira writes `+0100`, ISO 8601's short form. */
const epochOf = (text: string): number => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

const At = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(epochOf(text)));

/** `new`, `indeterminate`, `done` and `undefined`: what every status of every workflow belongs to. */
const Status = z.object({ statusCategory: z.object({ key: z.string() }) });

/** An issue as Jira's REST API (version 2) and its webhooks show it, as far as it is read. */
export const JiraIssue = z.object({
  key: z.string().regex(/^[A-Z][A-Z0-9_]{0,50}-\d{1,10}$/),
  fields: z.object({ summary: z.string(), status: Status, updated: At, description: z.unknown().optional() }),
});

/** A way from an issue's status to another. */
export const JiraTransition = z.object({ id: z.string(), name: z.string(), to: Status });
export type JiraTransition = z.infer<typeof JiraTransition>;

const Payload = z.object({
  issue: JiraIssue,
  user: z.object({ displayName: z.string() }).optional(),
});
const Gone = z.object({
  issue: z.object({ key: JiraIssue.shape.key }),
  user: Payload.shape.user,
});

const stateOf = ({ statusCategory }: z.infer<typeof Status>): Issue['state'] =>
  statusCategory.key === 'done' ? 'closed' : 'open';

/** `apiUrl` is where the tracker is, without a trailing slash. */
export const issueOnJira = ({ key, fields }: z.infer<typeof JiraIssue>, apiUrl: string): Issue => ({
  ...{ key, url: `${apiUrl}/browse/${key}`, state: stateOf(fields.status) },
  title: cut(fields.summary, LONGEST_TITLE),
  changedAt: instant(epochOf(fields.updated)),
  text: typeof fields.description === 'string' ? fields.description : '',
});

const SEEN = ['jira:issue_created', 'jira:issue_updated'];

/** Reads a webhook of Jira. `project` is the project's key. */
export const readJira = (
  payload: unknown,
  { apiUrl, project }: { apiUrl: string; project: string },
): IssueEvent => {
  const { webhookEvent } = z.object({ webhookEvent: z.string() }).safeParse(payload).data ?? {};
  const ofProject = (key: string): boolean => key.startsWith(`${project}-`);
  if (webhookEvent === 'jira:issue_deleted') {
    const gone = Gone.safeParse(payload).data;
    if (!gone) return { what: 'nothing', reason: 'not-understood' };
    if (!ofProject(gone.issue.key)) return { what: 'nothing', reason: 'another-project' };
    return { what: 'gone', key: gone.issue.key, by: nameOf(gone.user) };
  }
  if (!SEEN.includes(webhookEvent ?? '')) return { what: 'nothing', reason: 'nothing-to-do' };
  const seen = Payload.safeParse(payload).data;
  if (!seen) return { what: 'nothing', reason: 'not-understood' };
  if (!ofProject(seen.issue.key)) return { what: 'nothing', reason: 'another-project' };
  const fresh = webhookEvent === 'jira:issue_created';
  const issue = issueOnJira(seen.issue, apiUrl);
  return { what: 'seen', issue, by: nameOf(seen.user), trusted: false, fresh };
};

const nameOf = (user: z.infer<typeof Payload>['user']): string =>
  oneLine(user?.displayName ?? '').slice(0, 100);

/** The transition that leads to a state: of those that open it again, one that leads to the beginning. */
export const transitionTo = (
  transitions: JiraTransition[],
  state: Issue['state'],
): JiraTransition | undefined => {
  const leads = (...keys: string[]) => transitions.find(({ to }) => keys.includes(to.statusCategory.key));
  return state === 'closed' ? leads('done') : (leads('new') ?? leads('indeterminate', 'undefined'));
};
