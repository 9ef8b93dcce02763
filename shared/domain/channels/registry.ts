import { email } from './email.ts';
import { sms } from './sms.ts';

/** Every way to reach people. A new one is its declaration and its sender, with a line here and in `senders.ts`. */
export const channels = [email, sms];
