import type * as z from 'zod';
import type { Instant } from '../time.ts';

/** What there is to say in a page, whichever channel shows it. Plain text throughout, one line each. */
export interface Letter {
  subject: string;
  /** What is read first: the purpose, the severity and the number. */
  heading: string;
  title: string;
  client: string;
  service: string;
  openedAt: Instant;
  why: string;
  /** When it was promised, if that is so long ago that the page is late. */
  lateSince: Instant | undefined;
  /** Undefined when it could not be made. */
  link: string | undefined;
  /** The number that answers by text, where the channel has `replies`. */
  code: number | undefined;
  incidentId: string;
}

/** What a message says; `html` only where the channel shows it. */
export interface Words {
  subject: string;
  text: string;
  html?: string;
}

/** One IAM statement of a function that sends. `because` says why a wildcard is needed. */
export interface Grant {
  deny?: true;
  actions: string[];
  resources: string[];
  conditions?: Record<string, Record<string, string>>;
  because?: string;
}

/** What a channel may grant on. */
export interface Installation {
  emailFrom: string | undefined;
  emailConfigurationSet: string;
  /** The ARN of something in this account and region, unless it names others. */
  arn(of: {
    service: string;
    resource: string;
    resourceName?: string;
    region?: string;
    account?: string;
  }): string;
}

/** All about one way to reach people but its sender, which is in `shared/channels`. */
export interface Declaration<Name extends string = string> {
  name: Name;
  /** What people call it. */
  title: string;
  address: {
    schema: z.ZodType<string>;
    /** What stands for an address in a message about a bad one. */
    placeholder: string;
    /** How an address looks within a text, and what of it may be shown in logs. */
    inText: RegExp;
    mask: (...found: string[]) => string;
  };
  capabilities: {
    /** Room for a few sentences only. */
    short: boolean;
    subject: boolean;
    html: boolean;
    /** Can be answered by a message that begins with a code. */
    replies: boolean;
    /** Disturbs nobody at night: used first for what can wait. */
    quiet: boolean;
  };
  render(page: Letter): Words;
  /** What a function that sends by it may do. */
  grants(installation: Installation): Grant[];
  /** What `npm start` does beside putting the message in the mailbox. */
  onOneMachine: 'smtp' | 'nothing';
}
