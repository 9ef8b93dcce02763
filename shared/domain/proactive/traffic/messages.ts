import { capabilitiesOf } from '../../channels/channel.ts';
import type { Person } from '../../directory/person.ts';
import type { Provider } from '../../directory/provider.ts';
import type { Service } from '../../directory/service.ts';
import { cut, oneLine } from '../../one-line.ts';
import { LINK_HERE } from '../../outbox/notice.ts';
import type { Recipient } from '../../outbox/subject.ts';
import { inWords } from '../../spans.ts';
import { basicFacts, type Fact, factsFor, kindOf, standOf, waysByHand } from './facts.ts';
import type { TrafficEvent } from './traffic-event.ts';

/** Why a provider is written to. */
export type ProviderOccasion = 'announcement' | 'asked-again' | 'change' | 'cancellation' | 'day-before';

/** What the words of a message stand on. */
export interface MessageContext {
  event: TrafficEvent;
  clientName: string;
  services: Service[];
  providers: Provider[];
  owner: Person | undefined;
}

export interface Words {
  subject: string;
  text: string;
}

const LONGEST_SUBJECT = 150;
const LONGEST_SMS = 300;

const subject = (mark: string, { event, clientName }: Pick<MessageContext, 'event' | 'clientName'>): string =>
  cut(oneLine(`${mark}: ${event.name} (${kindOf(event)}, ${clientName})`), LONGEST_SUBJECT);

const listed = (facts: Fact[]): string[] => facts.map(({ label, value }) => `${label}: ${value}`);

/** Paragraphs, without the empty ones. */
const letter = (...paragraphs: (string | string[] | undefined)[]): string =>
  `${paragraphs
    .map((paragraph) => (Array.isArray(paragraph) ? paragraph.join('\n') : (paragraph ?? '')))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')}\n`;

const MARKS: Record<ProviderOccasion, string> = {
  announcement: 'Planned traffic',
  'asked-again': 'Please confirm planned traffic',
  change: 'Planned traffic has changed',
  cancellation: 'Planned traffic is cancelled',
  'day-before': 'Tomorrow: planned traffic',
};

const OPENINGS: Record<ProviderOccasion, (client: string) => string> = {
  announcement: (client) => `We expect planned traffic on the services you host for ${client}.`,
  'asked-again': (client) =>
    `We told you about planned traffic for ${client} and have not received your confirmation yet.`,
  change: (client) =>
    `The planned traffic we announced for ${client} has changed. The details below replace our earlier notice.`,
  cancellation: (client) =>
    `The planned traffic we announced for ${client} has been cancelled. No action is needed.`,
  'day-before': (client) =>
    `Reminder: the planned traffic for ${client} that you confirmed starts in one day.`,
};

const ASKING = `Please confirm here, and tell us anything we should know:\n${LINK_HERE}`;

const changes = (now: Fact[], was: Fact[]): string[] =>
  now.flatMap(({ label, value }) => {
    const old = was.find((fact) => fact.label === label)?.value;
    return old === value ? [] : [`${label}: ${old === undefined ? 'new' : `was ${old}`}`];
  });

interface Notification {
  occasion: ProviderOccasion;
  provider: Provider;
  /** Later than the provider asks for. */
  late?: boolean;
  /** What they were told before. */
  was?: TrafficEvent | undefined;
  /** An earlier notice may or may not have reached them. */
  mayHaveHeard?: boolean;
}

/** What is written to a provider: what it is about, when, and all that this provider asks for. */
export const wordsForProvider = (setting: MessageContext, notification: Notification): Words => {
  const { event, clientName, services, owner } = setting;
  const { occasion, provider, late, was, mayHaveHeard } = notification;
  const facts = factsFor(event, provider, services);
  const changed = was ? changes(facts, factsFor(was, provider, services)) : [];
  const asks = occasion !== 'cancellation' && occasion !== 'day-before';
  const text = letter(
    `Hello,`,
    OPENINGS[occasion](oneLine(clientName)),
    listed(facts),
    changed.length > 0 ? ['What has changed:', ...changed] : undefined,
    mayHaveHeard ? 'These details replace anything we sent you before.' : undefined,
    late
      ? `We are sorry that this comes later than the ${inWords(provider.noticeLeadTime)} you ask for. Please tell us at once if that is a problem.`
      : undefined,
    asks ? ASKING : undefined,
    identity(provider),
    owner ? `Questions? ${oneLine(owner.name)}, ${owner.email}` : undefined,
  );
  return { subject: subject(MARKS[occasion], setting), text };
};

const identity = ({ accountNumber, plan }: Provider): string[] => [
  ...(accountNumber ? [`Our account with you: ${oneLine(accountNumber)}`] : []),
  ...(plan ? [`Our plan: ${oneLine(plan)}`] : []),
];

/** What one of ours is told, before what is known of the event anyway. */
export interface Told {
  mark: string;
  lines: string[];
  /** Ways to call somebody follow, of these providers. */
  callProviders?: string[];
}

/** What is written to one of ours; a text gets only its first lines. */
export const wordsForOurs = (
  setting: MessageContext,
  to: Recipient,
  { mark, lines, callProviders }: Told,
): Words => {
  const { event, services, providers } = setting;
  const said = subject(mark, setting);
  if (capabilitiesOf(to.channel).short)
    return { subject: said, text: cut(oneLine(`${said}. ${lines.join(' ')}`), LONGEST_SMS) };
  const ways = providers.filter(({ id }) => callProviders?.includes(id)).flatMap(waysByHand);
  const stands = event.notices.map((notice) => standOf(notice, event.timeZone));
  const text = letter(
    lines,
    ways.length > 0 ? ['Other ways to reach them:', ...ways] : undefined,
    listed(basicFacts(event, services)),
    stands.length > 0 ? ['Hosting providers:', ...stands] : undefined,
    `Firebreak id: ${event.id}.`,
  );
  return { subject: said, text };
};
