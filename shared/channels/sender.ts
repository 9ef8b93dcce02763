import type { Message, Receipt } from '../workflow/engine/ports.ts';

/** What the channels need to know of this installation. */
export interface ChannelSettings {
  /** The address that e-mail comes from; empty: none goes out. */
  emailFrom: string;
  /** The SES configuration set whose bounces come back, or empty. */
  emailConfigurationSet: string;
  /** The E.164 number that texts come from, or empty for whatever number the network picks. */
  smsNumber: string;
}

/** One way to reach people. Never throws: what went wrong is in the receipt, within 6 seconds. */
export interface Sender {
  send(message: Message, settings: ChannelSettings): Promise<Receipt>;
}
