import type { Message, Receipt } from '../workflow/engine/ports.ts';
import type { ChannelSettings } from './sender.ts';
import { senders } from './senders.ts';

/** Hands a message to its channel. */
export const sendBy = async (message: Message, settings: ChannelSettings): Promise<Receipt> => {
  const load = senders[message.channel];
  if (!load)
    return { handedOver: false, reason: `no channel is called ${message.channel}`, retryable: false };
  const sender = await load();
  return sender.send(message, settings);
};
