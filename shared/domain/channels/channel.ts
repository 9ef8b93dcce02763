import * as z from 'zod';
import type { Declaration } from './declaration.ts';
import { channels } from './registry.ts';

export const Channel = z.enum(channels.map(({ name }) => name));
export type Channel = z.infer<typeof Channel>;

/** @throws if no channel has the name, which the schema of whatever held it does not let through. */
export const channelOf = (name: Channel): Declaration => {
  const found = channels.find((channel) => channel.name === name);
  if (!found) throw new Error(`No channel is called ${name}.`);
  return found;
};

export const capabilitiesOf = (name: Channel): Declaration['capabilities'] => channelOf(name).capabilities;

interface Contact {
  channel: Channel;
  address: string;
}

/** A check of a schema: the address is one of its channel. */
export const addressFits = (context: z.core.ParsePayload<Contact>): void => {
  const { channel, address } = context.value;
  const parsed = channelOf(channel).address.schema.safeParse(address);
  if (parsed.success) return;
  context.issues.push({
    code: 'custom',
    input: address,
    path: ['address'],
    message: parsed.error.issues[0]?.message ?? 'is not an address',
  });
};

/** How a contact is written in a setting: `email:address or sms:+number`. */
export const CONTACT_FORM = channels
  .map(({ name, address }) => `${name}:${address.placeholder}`)
  .join(' or ');

const ContactInText = z.object({ channel: Channel, address: z.string() }).check(addressFits);

/** Reads a contact of the form `CONTACT_FORM`; undefined for anything else. */
export const parseContact = (text: string): Contact | undefined => {
  const colon = text.indexOf(':');
  return ContactInText.safeParse({ channel: text.slice(0, colon), address: text.slice(colon + 1) }).data;
};
