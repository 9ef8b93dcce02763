import type { Instant } from '../../shared/domain/time.ts';
import type { OutgoingRequest, Ports } from '../../shared/workflow/engine/ports.ts';

interface Issue {
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  state_reason: string | null;
  updated_at: string;
  html_url: string;
}

/** What its webhook would send. */
export interface Sent {
  headers: Record<string, string>;
  payload: object;
}

/** GitHub with one repository, as its API and its webhooks behave. */
export interface Github {
  httpRequest: Ports['httpRequest'];
  token: string;
  /** Nobody answers. */
  isDown: boolean;
  /** The next call is done, but its answer is lost on the way. */
  losesAnswer: boolean;
  issues: Issue[];
  /** `POST /issues`: what it was asked. */
  calls: string[];
  /** What it has sent since it was last looked at. */
  sent: Sent[];
  /** Somebody there changes an issue. */
  does(action: string, number: number, change?: Partial<Issue>): void;
  /** Somebody there opens one. */
  opens(title: string, body?: string): Issue;
}

export const PROJECT = 'example/shop';
const ROOT = `https://api.github.com/repos/${PROJECT}`;

export const githubInMemory = (now: () => Instant): Github => {
  const stamp = (): string => `${now().slice(0, 19)}Z`;
  const notify = (action: string, issue: Issue, changes: object = {}): void => {
    const repository = { full_name: PROJECT };
    const payload = { action, issue: { ...issue }, changes, repository, sender: { login: 'octo' } };
    const headers = { 'x-github-event': 'issues', 'x-github-delivery': `d-${here.sent.length}` };
    here.sent.push({ headers, payload });
  };
  const opens = (title: string, body: string | null = null): Issue => {
    const number = here.issues.length + 1;
    const html_url = `https://github.com/${PROJECT}/issues/${number}`;
    const at = { state: 'open', state_reason: null, updated_at: stamp() } as const;
    const issue: Issue = { number, title, body, html_url, ...at };
    here.issues.push(issue);
    notify('opened', issue);
    return issue;
  };
  const change = (issue: Issue, wanted: Partial<Issue>): void => {
    const before = { ...issue };
    Object.assign(issue, wanted, { updated_at: stamp() });
    if (before.state !== issue.state) notify(issue.state === 'closed' ? 'closed' : 'reopened', issue);
    if (before.title !== issue.title) notify('edited', issue, { title: { from: before.title } });
  };
  const onIssue = (path: string, method: string, sent: Partial<Issue>) => {
    const issue = here.issues.find(({ number }) => path === `/issues/${number}`);
    if (!issue) return { status: 404, body: { message: 'Not Found' } };
    if (method === 'PATCH') change(issue, sent);
    return { status: 200, body: issue };
  };
  const answer = ({ method, url, body }: OutgoingRequest): { status: number; body: unknown } => {
    const path = url.slice(ROOT.length);
    const sent = body ? JSON.parse(body) : {};
    if (!url.startsWith(ROOT)) return { status: 404, body: { message: 'Not Found' } };
    if (path === '') return { status: 200, body: { full_name: PROJECT, has_issues: true } };
    if (method === 'POST') return { status: 201, body: opens(sent.title, sent.body) };
    if (path.startsWith('/issues?')) return { status: 200, body: here.issues.toReversed().slice(0, 30) };
    return onIssue(path, method, sent);
  };
  const here: Github = {
    ...{ token: 'a-token-of-this-test', isDown: false, losesAnswer: false, issues: [], calls: [], sent: [] },
    httpRequest: async (request) => {
      here.calls.push(`${request.method} ${request.url.slice(ROOT.length).split('?')[0]}`);
      if (here.isDown) throw new Error('no answer within 10 seconds');
      if (request.headers.authorization !== `Bearer ${here.token}`)
        return { status: 401, body: '{"message":"Bad credentials","status":"401"}' };
      const { status, body } = answer(request);
      if (here.losesAnswer) {
        here.losesAnswer = false;
        throw new Error('the connection was reset');
      }
      return { status, body: JSON.stringify(body) };
    },
    does: (action, number, wanted = {}) => {
      const issue = here.issues.find((each) => each.number === number);
      if (!issue) throw new Error(`There is no issue ${number}.`);
      const before = here.sent.length;
      change(issue, wanted);
      if (here.sent.length === before) notify(action, issue);
    },
    opens: (title, body) => opens(title, body ?? null),
  };
  return here;
};
