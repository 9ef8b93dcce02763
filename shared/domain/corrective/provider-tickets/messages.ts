import type { Provider, ProviderContact } from '../../directory/provider.ts';
import { oneLine } from '../../one-line.ts';
import { LINK_HERE } from '../../outbox/notice.ts';
import { type Instant, milliseconds } from '../../time.ts';
import type { ProviderTicket } from './provider-ticket.ts';

interface Words {
  subject: string;
  text: string;
}

interface About {
  ticket: ProviderTicket;
  provider: Provider;
}

const at = (moment: Instant): string => `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;

/** `2 hours`, `1 hour 30 minutes`. */
export const spoken = (duration: string): string => {
  const minutes = Math.ceil(milliseconds(duration) / 60_000);
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count > 1 ? 's' : ''}`);
  return said.join(' ') || 'at once';
};

const heading = ({ ticket, provider }: About): string =>
  [
    `Priority: ${ticket.priority} (you answer within ${spoken(ticket.within)})`,
    ...(provider.accountNumber ? [`Account number: ${provider.accountNumber}`] : []),
    ...(provider.plan ? [`Plan: ${provider.plan}`] : []),
    ...(ticket.reference ? [`Your reference: ${ticket.reference}`] : []),
  ].join('\n');

const FOR_THE_PROVIDER = `Please confirm that you received this, with your reference if you like:\n${LINK_HERE}`;

/** The mail to the provider that asks. */
export const asking = (about: About): Words => ({
  subject: oneLine(`[${about.ticket.priority}] ${about.ticket.subject}`),
  text: [heading(about), about.ticket.text, FOR_THE_PROVIDER].join('\n\n'),
});

/** The mail to the provider's next level: it was asked, and has not answered in time. */
export const chasing = (about: About): Words => {
  const { ticket } = about;
  return {
    subject: oneLine(`No answer yet: [${ticket.priority}] ${ticket.subject}`),
    text: [
      `We asked ${about.provider.name} on ${at(ticket.askedAt)} and have not received an answer within ${spoken(ticket.within)}. Please respond.`,
      heading(about),
      ticket.text,
      FOR_THE_PROVIDER,
    ].join('\n\n'),
  };
};

const reached = ({ name, way, address, hours }: ProviderContact): string =>
  `- ${name}, by ${way}: ${address}${hours ? ` (${hours})` : ''}`;

const atHand = ({ ticket, provider }: About): string[] => [
  ...(ticket.reference ? [`- reference: ${ticket.reference}`] : []),
  ...(provider.accountNumber ? [`- account number: ${provider.accountNumber}`] : []),
  ...provider.haveAtHand.map((thing) => `- ${thing}`),
];

const atHandOf = (about: About): string[] => {
  const things = atHand(about);
  return things.length > 0 ? [['Have at hand:', ...things].join('\n')] : [];
};

const SAY_SO = `When they have answered, record the answer here to stop the reminders:\n${LINK_HERE}`;

/** To whoever asked: whom to call now. */
export const callNow = (about: About, whom: ProviderContact[], isLast: boolean): Words => {
  const { ticket, provider } = about;
  return {
    subject: oneLine(`No answer from ${provider.name}: ${ticket.subject}`),
    text: [
      `${provider.name} was asked on ${at(ticket.askedAt)} and has not answered. ${whom[0] ? `Now call ${whom[0].name}.` : 'No further contact is known.'}`,
      ...(whom.length > 0 ? [whom.map(reached).join('\n')] : []),
      ...atHandOf(about),
      SAY_SO,
      ...(isLast ? ['This was the last reminder. Please follow up yourself.'] : []),
    ].join('\n\n'),
  };
};

/** To whoever asked: the mail did not get there. */
export const useAnotherWay = (about: About, failed: { name: string; why: string }): Words => {
  const { ticket, provider } = about;
  const others = provider.contacts.filter(({ way }) => way !== 'email');
  return {
    subject: oneLine(`${provider.name} did not get your mail: ${ticket.subject}`),
    text: [
      `The mail to ${failed.name} at ${provider.name} did not arrive (${failed.why}). Contact them another way now.`,
      others.length > 0 ? others.map(reached).join('\n') : 'No other way to reach them is known.',
      ...atHandOf(about),
      SAY_SO,
    ].join('\n\n'),
  };
};
