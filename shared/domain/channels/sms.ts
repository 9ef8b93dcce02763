import * as z from 'zod';
import { clockTime } from '../time.ts';
import type { Declaration, Letter, Words } from './declaration.ts';
import { cutToSeptets, septets, TWO_PARTS, toGsm } from './gsm.ts';

const LONGEST_NAME = 24;
/** A title is never cut shorter than this, though the text then takes a third part. */
const SHORTEST_TITLE = 20;

const render = (page: Letter): Words => {
  const name = (text: string): string => cutToSeptets(toGsm(text), LONGEST_NAME);
  const late = page.lateSince ? 'LATE ' : '';
  const head = `[Firebreak] ${late}${page.heading} ${name(page.client)} / ${name(page.service)}: `;
  const tail = ` (${clockTime(page.openedAt)} UTC). ${waysToAnswer(page)}`;
  const room = Math.max(SHORTEST_TITLE, TWO_PARTS - septets(head) - septets(tail));
  return { subject: page.subject, text: `${head}${cutToSeptets(toGsm(page.title), room)}${tail}` };
};

const waysToAnswer = ({ code, link }: Letter): string => {
  if (code === undefined)
    return link ? `Answer: ${link}` : 'The answer link could not be created: use the API.';
  const reply = `Reply ${code}a ack, ${code}r resolve, ${code}e escalate`;
  return link ? `${reply}, or ${link}` : reply;
};

export const sms: Declaration<'sms'> = {
  name: 'sms',
  title: 'Text message',
  address: {
    schema: z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number such as +15550100123'),
    placeholder: '+number',
    inText: /\+\d[\d\s().-]{5,18}\d/g,
    mask: (phone = '') => `${phone.slice(0, 5)}•••${phone.slice(-3)}`,
  },
  capabilities: { short: true, subject: false, html: false, replies: true, quiet: false },
  render,
  grants: ({ arn }) => [
    {
      actions: ['sns:Publish'],
      resources: ['*'],
      because: 'SMS goes to phone numbers, which have no ARN; publishing to any topic is denied beside it.',
    },
    {
      deny: true,
      actions: ['sns:Publish'],
      resources: [arn({ service: 'sns', region: '*', account: '*', resource: '*' })],
    },
  ],
  onOneMachine: 'nothing',
};
