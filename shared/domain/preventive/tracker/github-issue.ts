import * as z from 'zod';
import { cut, oneLine } from '../../one-line.ts';
import { instant } from '../../time.ts';
import { type Issue, LONGEST_TITLE } from './issue.ts';
import type { IssueEvent } from './issue-event.ts';

const At = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(Date.parse(text)));

/** People follow it with a tap. */
const Address = z.url({ protocol: /^https?$/, normalize: true }).max(1000);

/** An issue as GitHub's REST API and its webhooks show it, as far as it is read. */
export const GithubIssue = z.object({
  number: z.number().int().min(1),
  html_url: Address,
  title: z.string(),
  state: z.enum(['open', 'closed']),
  updated_at: At,
  body: z.string().nullish(),
  /** A pull request is shown as an issue too. */
  pull_request: z.unknown().optional(),
});

const Payload = z.object({
  action: z.string(),
  issue: GithubIssue,
  sender: z.object({ login: z.string() }).optional(),
  changes: z.object({ new_issue: z.object({ html_url: Address }).optional() }).optional(),
  repository: z.object({ full_name: z.string() }),
});

export const issueOnGithub = (shown: z.infer<typeof GithubIssue>): Issue => ({
  key: String(shown.number),
  url: shown.html_url,
  title: cut(shown.title, LONGEST_TITLE),
  state: shown.state,
  changedAt: instant(Date.parse(shown.updated_at)),
  text: shown.body ?? '',
});

const GONE = ['deleted', 'transferred'];

/** Reads a webhook of GitHub. `event` is its header `X-GitHub-Event`; `project` is `owner/repository`. */
export const readGithub = (event: string, payload: unknown, project: string): IssueEvent => {
  if (event === 'ping') return { what: 'nothing', reason: 'reached' };
  if (event !== 'issues') return { what: 'nothing', reason: 'nothing-to-do' };
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return { what: 'nothing', reason: 'not-understood' };
  const { action, issue, sender, changes, repository } = parsed.data;
  if (repository.full_name.toLowerCase() !== project.toLowerCase())
    return { what: 'nothing', reason: 'another-repository' };
  const by = oneLine(sender?.login ?? '').slice(0, 100);
  const key = String(issue.number);
  if (GONE.includes(action)) return { what: 'gone', key, by, movedTo: changes?.new_issue?.html_url };
  if (issue.pull_request) return { what: 'nothing', reason: 'a-pull-request' };
  const trusted = action === 'labeled';
  return { what: 'seen', issue: issueOnGithub(issue), by, trusted, fresh: trusted || action === 'opened' };
};
