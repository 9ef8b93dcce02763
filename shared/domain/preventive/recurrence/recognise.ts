import type { Fingerprint, SimilarIncidents } from './fingerprint.ts';

const MOST_MATCHES = 3;
/** As many as one commit has room for, with what each of them sets off. */
const MOST_CAUSES = 10;

/**
 * Of all the words that two incidents use, so many are in both: three of four. Alerts are made from templates, and
 * a template of six words that differs in one ("CPU …", "Memory …") is another problem, at 5/7; the same template
 * of another region or instance differs in less. Too few are better than too many: this is read at night.
 */
const ALIKE = 0.75;
/** All words of one incident are in the other, which says more; of fewer words than these that is chance. */
const FEWEST_CONTAINED = 4;

/** One incident that a new one looks like. */
export type Match = SimilarIncidents['to'][number];

/** What is compared of a new incident. */
export type Newcomer = Pick<Fingerprint, 'incidentId' | 'alertKey' | 'words'>;

interface Candidate {
  fingerprint: Fingerprint;
  because: Match['because'];
  /** 0 to 1. */
  text: number;
}

/** How much two incidents' words have in common, 0 to 1: of all of them, or 1 when one says all that the other does. */
export const textFingerprint = (one: string[], other: string[]): number => {
  const known = new Set(other);
  const shared = one.filter((word) => known.has(word)).length;
  if (shared === 0) return 0;
  if (shared >= FEWEST_CONTAINED && shared === Math.min(one.length, known.size)) return 1;
  return shared / (one.length + known.size - shared);
};

const sameAlert = (one: Newcomer, other: Newcomer): boolean =>
  one.alertKey !== undefined && one.alertKey === other.alertKey;

/** What was before the newcomer. Ids sort by time, so that of two at once only one looks like the other. */
const earlier = (newcomer: Newcomer, known: Fingerprint[]): Fingerprint[] =>
  known.filter(({ incidentId }) => incidentId < newcomer.incidentId);

/** The causes that the newcomer's alert is known to have: of every earlier incident of the same alert. At most 10. */
export const causesOfAlert = (newcomer: Newcomer, known: Fingerprint[]): string[] => {
  const same = earlier(newcomer, known).filter((fingerprint) => sameAlert(newcomer, fingerprint));
  return [...new Set(same.flatMap(({ causeIds }) => causeIds))].slice(0, MOST_CAUSES);
};

/**
 * Which of the incidents that are known, newest first, a new one looks like: at most 3. The same alert goes first,
 * then a cause in common, then the words. Among equals what can say what helped goes first, then the more alike, then
 * the newest.
 */
export const recognise = (newcomer: Newcomer, known: Fingerprint[]): Match[] => {
  const causes = causesOfAlert(newcomer, known);
  const candidates = earlier(newcomer, known).map((fingerprint): Candidate => {
    const text = textFingerprint(newcomer.words, fingerprint.words);
    return {
      fingerprint,
      text,
      because: becauseOf(sameAlert(newcomer, fingerprint), { causes, fingerprint, text }),
    };
  });
  return candidates
    .filter(({ because }) => because.length > 0)
    .sort(bestFirst)
    .slice(0, MOST_MATCHES)
    .map(matchOf);
};

const becauseOf = (
  same: boolean,
  { causes, fingerprint, text }: { causes: string[]; fingerprint: Fingerprint; text: number },
): Match['because'] => [
  ...(same ? (['alert-key'] as const) : []),
  ...(fingerprint.causeIds.some((id) => causes.includes(id)) ? (['cause'] as const) : []),
  ...(text >= ALIKE ? (['text'] as const) : []),
];

const STRENGTH: Match['because'] = ['alert-key', 'cause', 'text'];

/** The lesser goes first. */
const rankOf = ({ because, fingerprint, text }: Candidate): number[] => [
  STRENGTH.findIndex((reason) => because.includes(reason)),
  fingerprint.helped ? 0 : 1,
  -text,
];

const bestFirst = (one: Candidate, other: Candidate): number => {
  const others = rankOf(other);
  const differs = rankOf(one).map((rank, place) => rank - (others[place] ?? 0));
  const newer = one.fingerprint.incidentId > other.fingerprint.incidentId ? -1 : 1;
  return differs.find((difference) => difference !== 0) ?? newer;
};

const matchOf = ({ fingerprint, because }: Candidate): Match => ({
  incidentId: fingerprint.incidentId,
  number: fingerprint.number,
  title: fingerprint.title,
  openedAt: fingerprint.openedAt,
  because,
  ...(fingerprint.helped ? { helped: fingerprint.helped } : {}),
  causeIds: fingerprint.causeIds,
  ...(fingerprint.reviewId ? { reviewId: fingerprint.reviewId } : {}),
});

/** Why two incidents look alike, the strongest reason alone. */
export const aloud = ({ because }: Pick<Match, 'because'>): string => {
  if (because.includes('alert-key')) return 'same alert';
  return because.includes('cause') ? 'same cause' : 'similar words';
};
