import { dateAndTime } from '../../time.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { asWords, linkTo, webAddress } from './markdown-text.ts';

/** Evidence by the number under which a document refers to it: `E1`, `E2`, in the order in which it was added. */
export type EvidenceNumbers = ReadonlyMap<string, NumberedEvidence>;

export interface NumberedEvidence {
  label: string;
  evidence: Evidence;
}

export const numbered = (evidence: readonly Evidence[]): EvidenceNumbers => {
  const inOrder = evidence.toSorted((one, other) =>
    one.addedAt + one.id < other.addedAt + other.id ? -1 : 1,
  );
  return new Map(inOrder.map((each, place) => [each.id, { label: `E${place + 1}`, evidence: each }]));
};

/** Where to look at a piece of evidence on the web, if anywhere. */
export const addressOf = ({ url }: Evidence): string | undefined => webAddress(url);

/** `[E1], E2`: what shows it, in a few characters. Where it is stands below the list of all of it. */
export const references = (ids: readonly string[], numbers: EvidenceNumbers): string =>
  referred(ids, numbers)
    .map(({ label, evidence }) => (addressOf(evidence) ? `[${label}]` : label))
    .join(', ');

/** What is there of what is referred to, in the order of its numbers. */
export const referred = (ids: readonly string[], numbers: EvidenceNumbers): NumberedEvidence[] =>
  [...numbers].flatMap(([id, each]) => (ids.includes(id) ? [each] : []));

/** Every piece of evidence with what it is, and who added it when; then the addresses that references lead to. */
export const evidenceList = (numbers: EvidenceNumbers): string => {
  const all = [...numbers.values()];
  const lines = all.map(({ label, evidence }) => {
    const by = evidence.addedBy.name ?? evidence.addedBy.id;
    const parts = [linkTo(evidence.title, evidence.url), ...whatItIs(evidence)];
    return `- **${label}** ${parts.join(', ')}. Added by ${asWords(by)} on ${dateAndTime(evidence.addedAt)}.`;
  });
  const addresses = all.flatMap(({ label, evidence }) => {
    const address = addressOf(evidence);
    return address ? [`[${label}]: ${address}`] : [];
  });
  return [lines.join('\n'), addresses.join('\n')].filter(Boolean).join('\n\n');
};

const whatItIs = ({ logGroup, file }: Evidence): string[] => [
  ...(logGroup ? [`log group ${asWords(logGroup.name)}`] : []),
  ...(logGroup?.region ? [asWords(logGroup.region)] : []),
  ...(logGroup?.from || logGroup?.to
    ? [
        [
          logGroup.from && `from ${dateAndTime(logGroup.from)}`,
          logGroup.to && `to ${dateAndTime(logGroup.to)}`,
        ]
          .filter(Boolean)
          .join(' '),
      ]
    : []),
  ...(file
    ? [`file ${asWords(file.name)} (${kilobytes(file.size)}${file.arrivedAt ? '' : ', not arrived yet'})`]
    : []),
];

const kilobytes = (bytes: number): string =>
  `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en')} kB`;
