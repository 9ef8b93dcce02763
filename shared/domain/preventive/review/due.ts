import type { Incident } from '../../corrective/incidents/incident.ts';
import type { ReviewRule } from '../../directory/follow-up.ts';
import { after, type Instant } from '../../time.ts';
import type { ReviewReason } from './review.ts';

type Asked = Pick<Incident, 'drill' | 'severity' | 'openedAt' | 'acknowledgedAt' | 'resolvedAt'>;

/** What decides whether a review is due, once the incident is over. */
export interface Occasion {
  rule: ReviewRule;
  incident: Asked;
  /** It came back: of the same alert or cause as one that was over before it. */
  isRepeat: boolean;
}

/** Whether something that was to be done within a time was done later, or never. */
const isLate = (openedAt: Instant, within: string | undefined, done: Instant | undefined): boolean =>
  within !== undefined && (done === undefined || done > after(openedAt, within));

/** An incident that was solved before anybody had answered was answered by that. */
const isBreach = ({ breach }: ReviewRule, { openedAt, acknowledgedAt, resolvedAt }: Asked): boolean =>
  isLate(openedAt, breach?.acknowledgeWithin, acknowledgedAt ?? resolvedAt) ||
  isLate(openedAt, breach?.resolveWithin, resolvedAt);

/** Why a review is due by the client's rule; none of the reasons, and it is not. A drill never is. */
export const reasonsFor = ({ rule, incident, isRepeat }: Occasion): ReviewReason[] => {
  if (incident.drill) return [];
  const reasons: Partial<Record<ReviewReason, boolean>> = {
    always: rule.always,
    severity: rule.severities.includes(incident.severity),
    breach: isBreach(rule, incident),
    repeat: rule.repeats && isRepeat,
  };
  return (Object.keys(reasons) as ReviewReason[]).filter((reason) => reasons[reason]);
};

const SPOKEN: Record<ReviewReason, string> = {
  always: 'every incident of this client has one',
  severity: 'of its severity',
  breach: 'it took longer than agreed',
  repeat: 'it recurred',
  'by-hand': 'someone requested it',
};

/** The reasons as the end of a sentence. */
export const becauseOf = (reasons: readonly ReviewReason[]): string =>
  reasons.map((reason) => SPOKEN[reason]).join(', and because ');
