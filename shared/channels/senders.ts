import type { Channel } from '../domain/channels/channel.ts';
import type { Sender } from './sender.ts';

/** How every declared channel sends on AWS. One that is missing does not compile. */
export const senders: Record<Channel, () => Promise<Sender>> = {
  email: () => import('./email.ts'),
  sms: () => import('./sms.ts'),
};
