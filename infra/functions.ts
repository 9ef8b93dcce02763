/**
 * Every function: what breaks without it, and all that it may touch. The roles, the alarms and the tests come
 * from this one table; what is not written here is denied.
 */
export interface FunctionNeeds {
  /** What people notice while it fails: the sentence in its alarm. */
  impact: string;
  /** In seconds. */
  timeout: number;
  /** Reads and writes items of the table; `lists` reads the indexes of lists too, `due` what is due. Nobody scans. */
  table: readonly ('items' | 'lists' | 'due')[];
  /** Signs or verifies one-tap links. */
  linkKeys?: true;
  /** Lets the installation's first administrator in. */
  adminKey?: true;
  /** Reads the secrets that others gave us to call them with, or keeps them too. */
  vault?: 'read' | 'keep';
  /** Signs addresses for the files that people bring as evidence, and looks at what arrived. */
  files?: true;
  /** Sends e-mail and SMS. */
  sends?: true;
  /** Creates the one-time schedules of timers. */
  arms?: true;
  /** Confirms that the configured alarm topics may send here. */
  confirms?: true;
  /** Nobody waits for its answer: what it gives up lands in its dead-letter queue, with this consequence. */
  abandoned?: string;
  /** How often Lambda tries an asynchronous event again, and for how long, in minutes. */
  retries?: { attempts: 0 | 1 | 2; minutes: number };
}

export const FUNCTIONS = {
  'receive-alert': {
    impact: 'Alerts are rejected. Monitors retry for a few minutes, then their alerts are lost.',
    timeout: 10,
    table: ['items'],
    confirms: true,
  },
  'answer-page': {
    impact:
      'Responders cannot acknowledge or resolve from their pages. Escalation continues even while a responder is working.',
    timeout: 10,
    table: ['items', 'lists'],
    linkKeys: true,
    abandoned: 'Answers by SMS were lost. Escalation continues although a responder answered.',
    retries: { attempts: 2, minutes: 15 },
  },
  'answer-notice': {
    impact:
      'Hosting providers cannot confirm planned traffic, and people cannot answer mails about reviews and action items. Calendars are not updated.',
    timeout: 10,
    table: ['items', 'lists'],
    linkKeys: true,
  },
  'directory-api': {
    impact: 'Clients, services, people, integrations and keys cannot be read or changed. Paging goes on.',
    timeout: 15,
    table: ['items', 'lists'],
    adminKey: true,
  },
  'corrective-api': {
    impact: 'Incidents, schedules and policies cannot be read or changed through the API. Paging goes on.',
    timeout: 15,
    table: ['items', 'lists'],
    adminKey: true,
  },
  'proactive-api': {
    impact:
      'Planned traffic and provider incidents cannot be read or changed. Notices and reminders still go out.',
    timeout: 15,
    table: ['items', 'lists'],
    linkKeys: true,
    adminKey: true,
  },
  'preventive-api': {
    impact: 'Reviews and action items cannot be read or changed. Reminders still go out.',
    timeout: 15,
    table: ['items', 'lists'],
    linkKeys: true,
    adminKey: true,
    files: true,
    vault: 'keep',
  },
  'receive-tracker-webhook': {
    impact: 'Changes in issue trackers do not arrive. Action items keep their old state.',
    timeout: 10,
    table: ['items'],
    vault: 'read',
  },
  'describe-api': {
    impact: 'The description of the API cannot be read. Nothing else is affected.',
    timeout: 10,
    table: [],
  },
  'deliver-outbox': {
    impact: 'Pages are late: only the sweep sends them, once a minute.',
    timeout: 60,
    table: ['items', 'lists'],
    linkKeys: true,
    vault: 'read',
    sends: true,
    arms: true,
    abandoned: 'The stream gave up on outbox items. The sweep performs them late.',
  },
  'fire-timer': {
    impact: 'Escalations are late: only the sweep fires timers, once a minute.',
    timeout: 30,
    table: ['items'],
    abandoned: 'Timers failed when their schedules woke them. The sweep fires them late.',
    retries: { attempts: 2, minutes: 30 },
  },
  sweep: {
    impact: 'Lost outbox items and timers are not recovered. Pages and escalations may never happen.',
    timeout: 55,
    table: ['items', 'lists', 'due'],
    linkKeys: true,
    vault: 'read',
    sends: true,
    abandoned: 'Sweeps were lost. One is harmless because the next does its work; several in a row are not.',
    // The next one comes within a minute and does the same work.
    retries: { attempts: 0, minutes: 1 },
  },
  'run-schedule': {
    impact: 'Recurring jobs do not run. The status of hosting providers is not watched.',
    timeout: 120,
    table: ['items', 'lists'],
    abandoned:
      'Recurring jobs were lost. One is harmless because the next does its work; several in a row are not.',
    // The next round comes within minutes and does the same work.
    retries: { attempts: 0, minutes: 5 },
  },
  'handle-aws-events': {
    impact: 'CloudWatch alarms open no incidents, and bounced e-mails count as sent.',
    timeout: 30,
    table: ['items'],
    abandoned:
      'AWS events were lost. Alarms may have opened no incident, and bounced e-mails may count as sent.',
    retries: { attempts: 2, minutes: 60 },
  },
} as const satisfies Record<string, FunctionNeeds>;

export type FunctionName = keyof typeof FUNCTIONS;
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];
