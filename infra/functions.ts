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
    impact: 'Alerts are refused: monitors try again for some minutes, then their alerts are lost.',
    timeout: 10,
    table: ['items'],
    confirms: true,
  },
  'answer-page': {
    impact:
      'People cannot acknowledge or resolve from their pages: escalation goes on though somebody is at work.',
    timeout: 10,
    table: ['items', 'lists'],
    linkKeys: true,
    abandoned: 'Answers sent by SMS were lost: escalation goes on though somebody answered.',
    retries: { attempts: 2, minutes: 15 },
  },
  'answer-notice': {
    impact:
      'Hosting providers cannot say that they noted planned traffic, and people cannot approve reviews or say that something is done from their mail: they are asked again. Calendars stand still.',
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
      'Planned traffic and the trouble of providers cannot be read or changed. Notices and reminders still go out.',
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
    impact:
      'What is closed, opened again or renamed in an issue tracker is not heard: action items stay as they were.',
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
    abandoned: 'Promises were given up by the stream: the sweep performs them, late.',
  },
  'fire-timer': {
    impact: 'Escalations are late: only the sweep fires timers, once a minute.',
    timeout: 30,
    table: ['items'],
    abandoned: 'Timers were woken in vain: the sweep fires them, late.',
    retries: { attempts: 2, minutes: 30 },
  },
  sweep: {
    impact: 'What the stream or a schedule lost stays lost: pages and escalations may never happen.',
    timeout: 55,
    table: ['items', 'lists', 'due'],
    linkKeys: true,
    vault: 'read',
    sends: true,
    abandoned: 'Sweeps were lost. One is harmless, for the next does its work; several in a row are not.',
    // The next one comes within a minute and does the same work.
    retries: { attempts: 0, minutes: 1 },
  },
  'run-schedule': {
    impact: 'Recurring work stands still: the status of hosting providers is not watched.',
    timeout: 120,
    table: ['items', 'lists'],
    abandoned:
      'Recurring work was given up. One round is harmless, for the next does its work; several are not.',
    // The next round comes within minutes and does the same work.
    retries: { attempts: 0, minutes: 5 },
  },
  'handle-aws-events': {
    impact: 'CloudWatch alarms open no incidents, and bounced e-mails count as sent.',
    timeout: 30,
    table: ['items'],
    abandoned: 'Events of AWS were lost: alarms that opened no incident, or bounces that nobody noticed.',
    retries: { attempts: 2, minutes: 60 },
  },
} as const satisfies Record<string, FunctionNeeds>;

export type FunctionName = keyof typeof FUNCTIONS;
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];
