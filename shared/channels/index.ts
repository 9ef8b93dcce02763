import type { ChannelName, Message, Receipt } from '../workflow/engine/ports.ts';

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
export interface Channel {
  send(message: Message, settings: ChannelSettings): Promise<Receipt>;
}

interface Entry {
  about: {
    name: ChannelName;
    /** What people call it. */
    title: string;
    /** The IAM actions of whoever sends by it. */
    needs: string[];
  };
  load: () => Promise<Channel>;
}

/** Every way to reach people. A new one is one file and one line here. */
export const channels: Entry[] = [
  {
    about: { name: 'email', title: 'E-mail', needs: ['ses:SendEmail'] },
    load: () => import('./email.ts'),
  },
  {
    about: { name: 'sms', title: 'Text message', needs: ['sns:Publish'] },
    load: () => import('./sms.ts'),
  },
];

/** Hands a message to its channel. */
export const sendBy = async (message: Message, settings: ChannelSettings): Promise<Receipt> => {
  const entry = channels.find(({ about }) => about.name === message.channel);
  if (!entry)
    return { handedOver: false, reason: `no channel is called ${message.channel}`, retryable: false };
  const channel = await entry.load();
  return channel.send(message, settings);
};
