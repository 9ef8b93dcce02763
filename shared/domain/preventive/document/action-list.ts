import type { ActionItem } from '../action-item/action-item.ts';
import { proofOf } from '../action-item/messages.ts';
import { asLine, asWords, linkTo } from './markdown-text.ts';

const STATUS = { open: 'open', done: 'done, not proven yet', proven: 'proven', dropped: 'dropped' } as const;

/** What will be done, by whom and when, and how it is found out whether it holds. */
export const actionList = (items: readonly ActionItem[], names: ReadonlyMap<string, string>): string =>
  items
    .map((item) => {
      const { title, status, ownerId, dueAt, link, reopenings } = item;
      const because = item.droppedBecause ? `: ${asWords(item.droppedBecause)}` : '';
      const facts = [
        `${TYPES[item.type]}, ${item.priority} priority`,
        `owner ${asWords(names.get(ownerId) ?? 'a removed person')}`,
        `due ${dueAt.slice(0, 10)}`,
        `**${STATUS[status]}**${because}`,
        ...(reopenings > 0 ? [`reopened ${reopenings === 1 ? 'once' : `${reopenings} times`}`] : []),
        ...(link?.key ? [linkTo(link.key, link.url)] : []),
      ];
      return `- **${asWords(title)}**  \n  ${facts.join('; ')}.  \n  ${asLine(proof(item))}`;
    })
    .join('\n');

export const TYPES: Record<ActionItem['type'], string> = {
  'long-term-fix': 'long-term fix',
  automation: 'automation',
  monitoring: 'monitoring',
  runbook: 'runbook',
  patch: 'patch',
  process: 'process',
};

/** How it was, or will be, found out whether it holds. */
const proof = (item: ActionItem): string => {
  const { provenAt, verification } = item;
  if (!provenAt) return sentence(`Proven when ${proofOf(verification)}`);
  const on = `Proven on ${provenAt.slice(0, 10)}`;
  return verification.type === 'statement'
    ? sentence(`${on}: ${verification.statement}`)
    : `${on}: no recurrence.`;
};

const sentence = (text: string): string => (/[.!?]”?$/.test(text) ? text : `${text}.`);
