import * as z from 'zod';
import { GithubIssue, issueOnGithub } from '../../domain/preventive/tracker/github-issue.ts';
import type { Issue, IssueChange } from '../../domain/preventive/tracker/issue.ts';
import { markedFor, withOurPart } from '../../domain/preventive/tracker/issue-text.ts';
import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import { Refused } from '../../domain/refused.ts';
import type { Ports } from '../engine/ports.ts';
import { converse } from './conversation.ts';
import type { IssueTracker } from './issue-tracker.ts';

const Repository = z.object({ full_name: z.string(), has_issues: z.boolean().optional() });
const REASONS = { completed: 'completed', dropped: 'not_planned' } as const;

/** GitHub's REST API, in the cloud or at an enterprise's own address. */
export const github = (ports: Ports, tracker: Tracker, token: string): IssueTracker => {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'Firebreak',
    'x-github-api-version': '2022-11-28',
  };
  const { ask } = converse(ports, { tracker, token, headers });
  const repository = `/repos/${tracker.project}`;
  const issues = `${repository}/issues`;
  const shown = async (key: string): Promise<Issue> => {
    const issue = await ask(GithubIssue, { method: 'GET', path: `${issues}/${key}` });
    if (issue.pull_request) throw new Refused('invalid', `${key} is a pull request, not an issue.`);
    return issueOnGithub(issue);
  };
  return {
    check: async () => {
      const { has_issues = true } = await ask(Repository, { method: 'GET', path: repository });
      if (!has_issues) throw new Refused('invalid', 'The repository has its issues turned off.');
    },
    make: async ({ title, text: body }) =>
      issueOnGithub(await ask(GithubIssue, { method: 'POST', path: issues, body: { title, body } })),
    find: async (actionItemId) => {
      const path = `${issues}?state=all&per_page=30&sort=created&direction=desc`;
      const newest = await ask(z.array(GithubIssue), { method: 'GET', path });
      const own = newest.filter((issue) => !issue.pull_request).map(issueOnGithub);
      return own.find(({ text }) => markedFor(text) === actionItemId);
    },
    read: shown,
    change: async (key, change) => {
      const text = change.text && withOurPart((await shown(key)).text, change.text);
      const body = { ...fieldsOf(change), ...(text ? { body: text } : {}) };
      if (Object.keys(body).length === 0) return shown(key);
      return issueOnGithub(await ask(GithubIssue, { method: 'PATCH', path: `${issues}/${key}`, body }));
    },
  };
};

const fieldsOf = ({ title, state, closed }: IssueChange) => ({
  ...(title ? { title } : {}),
  ...(state ? { state } : {}),
  ...(state === 'closed' && closed ? { state_reason: REASONS[closed] } : {}),
});
