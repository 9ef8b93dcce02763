import * as z from 'zod';
import { aggregate, Name } from '../../aggregate.ts';
import type { Problem } from '../../refused.ts';
import { type Resource, reference } from '../../resource.ts';

export const TrackerType = z.enum(['github', 'jira']);
export type TrackerType = z.infer<typeof TrackerType>;

const fields = {
  clientId: z.string(),
  name: Name,
  type: TrackerType,
  /** Where its API is: `https://api.github.com`, `https://example.atlassian.net`. */
  apiUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** `owner/repository`, or a project's key. */
  project: z.string().regex(/^[\w.-]{1,100}(\/[\w.-]{1,100})?$/, 'must be owner/repository or a project key'),
  /** Every new action item of the client becomes an issue there. */
  linksAll: z.boolean(),
};

/** Where a client's team keeps its issues. Its token and the secret of its webhook are in the secret store. */
export const Tracker = z.looseObject({
  ...aggregate('tracker'),
  ...fields,
  /** With which account it speaks (Jira's e-mail address); the token itself is a secret. */
  account: z.string().max(254).optional(),
});
export type Tracker = z.infer<typeof Tracker>;

/** Which action item an issue stands for. */
export const TrackedIssue = z.looseObject({
  kind: z.literal('tracked-issue'),
  trackerId: z.string(),
  key: z.string(),
  clientId: z.string(),
  actionItemId: z.string(),
});
export type TrackedIssue = z.infer<typeof TrackedIssue>;

export const TrackerBody = z.strictObject({
  ...fields,
  linksAll: z.boolean().default(false),
  account: z.string().max(254).optional(),
  /** With which the tracker's API is called. Kept in the secret store, never shown. */
  token: z
    .string()
    .trim()
    .max(1000)
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters'),
});
export type TrackerBody = z.infer<typeof TrackerBody>;

/** Its client and project stay: the issues that are linked are there. Its token is no part of the record. */
export const trackers: Resource<Tracker, 'client'> = {
  kind: 'tracker',
  prefix: 'trk',
  path: 'trackers',
  called: 'tracker',
  api: 'preventive',
  owner: 'client',
  record: Tracker,
  body: TrackerBody.omit({ token: true }),
  fixed: ['clientId', 'type', 'project'],
  shown: [...Object.keys(fields), 'account'],
  references: ({ clientId }) => [reference('client', clientId, 'body.clientId')],
  example: {
    clientId: 'cli_1',
    name: 'Shop issues',
    type: 'github',
    apiUrl: 'https://api.github.com',
    project: 'example/shop',
    linksAll: true,
  },
};

const PROJECTS = {
  github: { form: /^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/, message: 'must be owner/repository for GitHub' },
  jira: { form: /^[A-Z][A-Z0-9_]*$/, message: 'must be a project’s key for Jira, such as OPS' },
} as const;
const KEYS = { github: /^[1-9]\d{0,9}$/, jira: /^[A-Z][A-Z0-9_]{0,100}-\d{1,10}$/ } as const;

/** Everybody who reads of the tracker reads its address. */
const isPlain = (apiUrl: string): boolean => {
  const { username, password, search, hash } = new URL(apiUrl);
  return username + password + search + hash === '';
};

/** What of a tracker does not fit its type. */
export const problemsWithTracker = ({
  type,
  project,
  account,
  apiUrl,
}: Pick<Tracker, 'type' | 'project' | 'account' | 'apiUrl'>): Problem[] => {
  const { form, message } = PROJECTS[type];
  const hasColon = account?.includes(':');
  return [
    ...(isPlain(apiUrl)
      ? []
      : [{ path: 'body.apiUrl', message: 'must be an address without a password, `?` or `#`' }]),
    ...(form.test(project) ? [] : [{ path: 'body.project', message }]),
    ...(hasColon ? [{ path: 'body.account', message: 'must not hold a colon' }] : []),
  ];
};

/** Whether a text names an issue of the tracker's project. */
export const isKeyOf = ({ type, project }: Pick<Tracker, 'type' | 'project'>, key: string): boolean =>
  KEYS[type].test(key) && (type === 'github' || key.startsWith(`${project}-`));
