import { epoch, type Instant } from '../../shared/domain/time.ts';
import type { OutgoingRequest, Ports } from '../../shared/workflow/engine/ports.ts';
import type { Sent } from './github.ts';

const CATEGORIES = { 'To Do': 'new', 'In Progress': 'indeterminate', Done: 'done' } as const;
type StatusName = keyof typeof CATEGORIES;

interface Issue {
  key: string;
  summary: string;
  description: string;
  status: StatusName;
  updated: string;
}

/** Jira Cloud with one project, as its API and its webhooks behave. */
export interface Jira {
  httpRequest: Ports['httpRequest'];
  token: string;
  account: string;
  isDown: boolean;
  losesAnswer: boolean;
  issues: Issue[];
  calls: string[];
  sent: Sent[];
  /** Somebody there changes an issue. */
  does(key: string, change: Partial<Pick<Issue, 'summary' | 'status' | 'description'>>): void;
  deletes(key: string): void;
}

const ROOT = 'https://example.atlassian.net/rest/api/2';

export const jiraInMemory = (now: () => Instant): Jira => {
  const shown = ({ key, summary, description, status, updated }: Issue) => ({
    key,
    fields: {
      ...{ summary, description, updated },
      status: { name: status, statusCategory: { key: CATEGORIES[status] } },
    },
  });
  const notify = (webhookEvent: string, issue: Issue): void => {
    const user = { displayName: 'Jo Example' };
    const payload = { timestamp: epoch(now()), webhookEvent, user, issue: shown(issue) };
    here.sent.push({ headers: {}, payload });
  };
  const stamp = (): string => now().replace('Z', '+0000');
  const change = (issue: Issue, wanted: Partial<Issue>): void => {
    Object.assign(issue, wanted, { updated: stamp() });
    notify('jira:issue_updated', issue);
  };
  const make = ({ summary, description }: Pick<Issue, 'summary' | 'description'>): Issue => {
    const key = `OPS-${here.issues.length + 1}`;
    const issue: Issue = { key, summary, description, status: 'To Do', updated: stamp() };
    here.issues.push(issue);
    notify('jira:issue_created', issue);
    return issue;
  };
  const onIssue = (issue: Issue, method: string, rest: string, sent: Record<string, never>) => {
    if (rest === '/transitions' && method === 'POST') {
      const names = Object.keys(CATEGORIES) as StatusName[];
      const status = names[Number((sent as { transition?: { id: string } }).transition?.id)];
      if (status) change(issue, { status });
      return { status: 204 };
    }
    if (rest === '/transitions') return { status: 200, body: { transitions: TRANSITIONS } };
    if (method !== 'PUT') return { status: 200, body: shown(issue) };
    change(issue, (sent as { fields?: object }).fields ?? {});
    return { status: 204 };
  };
  const found = (jql: string) => {
    const [, words = ''] = /description ~ "(\w+)"/.exec(jql) ?? [];
    const issues = here.issues.filter(({ description }) => description.includes(words));
    return { issues: issues.map(shown) };
  };
  const answer = ({ method, url, body }: OutgoingRequest): { status: number; body?: unknown } => {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.slice('/rest/api/2'.length);
    const sent = body ? JSON.parse(body) : {};
    if (path === '/project/OPS') return { status: 200, body: { key: 'OPS' } };
    if (path === '/issue') return { status: 201, body: { id: '1', key: make(sent.fields).key } };
    if (path === '/search/jql') return { status: 200, body: found(searchParams.get('jql') ?? '') };
    const [, key, rest = ''] = /^\/issue\/([A-Z]+-\d+)(\/transitions)?$/.exec(path) ?? [];
    const issue = here.issues.find((each) => each.key === key);
    const missing = { errorMessages: ['Issue does not exist or you do not have permission to see it.'] };
    return issue ? onIssue(issue, method, rest, sent) : { status: 404, body: missing };
  };
  const here: Jira = {
    ...{ token: 'a-token-of-this-test', account: 'bot@example.com', isDown: false, losesAnswer: false },
    ...{ issues: [], calls: [], sent: [] },
    httpRequest: async (request) => {
      here.calls.push(`${request.method} ${request.url.slice(ROOT.length).split('?')[0]}`);
      if (here.isDown) throw new Error('no answer within 10 seconds');
      const basic = Buffer.from(`${here.account}:${here.token}`).toString('base64');
      if (request.headers.authorization !== `Basic ${basic}`)
        return { status: 401, body: 'Client must be authenticated to access this resource.' };
      const { status, body } = answer(request);
      if (!here.losesAnswer) return { status, body: body === undefined ? '' : JSON.stringify(body) };
      here.losesAnswer = false;
      throw new Error('the connection was reset');
    },
    does: (key, wanted) => {
      const issue = here.issues.find((each) => each.key === key);
      if (!issue) throw new Error(`There is no issue ${key}.`);
      change(issue, wanted);
    },
    deletes: (key) => {
      const [gone] = here.issues.splice(
        here.issues.findIndex((each) => each.key === key),
        1,
      );
      if (gone) notify('jira:issue_deleted', gone);
    },
  };
  return here;
};

const TRANSITIONS = Object.entries(CATEGORIES).map(([name, key], id) => ({
  ...{ id: String(id), name, to: { name, statusCategory: { key } } },
}));
