import { channelOf } from '../../shared/domain/channels/channel.ts';
import type { Clock, Message, Ports, Receipt } from '../../shared/workflow/engine/ports.ts';
import { type MailSettings, sendMail } from './mail.ts';
import type { Mailbox } from './mailbox.ts';

interface Ways {
  mailbox: Mailbox;
  clock: Clock;
  /** Where e-mail really goes out; without it, it only goes to the mailbox. */
  mail?: MailSettings | undefined;
}

/** Every message ends in the mailbox, and counts as handed over once it is written there. */
export const sendHere =
  ({ mailbox, clock, mail }: Ways): Ports['send'] =>
  async (message) => {
    const receipt = await outside(message, mail);
    if (!receipt.handedOver) return receipt;
    try {
      await mailbox.put(message, clock.now());
      return receipt;
    } catch (error) {
      return {
        handedOver: false,
        reason: `The mailbox cannot be written: ${(error as Error).message}`,
        retryable: true,
      };
    }
  };

const outside = async (message: Message, mail: MailSettings | undefined): Promise<Receipt> =>
  mail && channelOf(message.channel).onOneMachine === 'smtp'
    ? sendMail(message, mail)
    : { handedOver: true, reference: message.id };
