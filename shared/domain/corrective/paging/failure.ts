import type { Person } from '../../directory/person.ts';
import type { Invocation } from '../../id.ts';
import { type Decision, nothing } from '../../outbox/decision.ts';
import { nextTry } from '../../outbox/retry.ts';
import { dateAndTime } from '../../time.ts';
import { type EscalationContext, reachable, spoken, takeNext } from '../incidents/escalation.ts';
import type { Incident } from '../incidents/incident.ts';
import { isOver } from '../incidents/lifecycle.ts';
import { type Timeline, timelineOf } from '../incidents/timeline.ts';
import type { Page } from './page.ts';
import { contactOf, newPage, promiseOf } from './promise.ts';

const GIVE_UP_AFTER = 'PT1H';

/** What went wrong with a page: as the channel said it, and whether trying again could help. */
export interface Failure {
  reason: string;
  retryable: boolean;
}

/** A failed page and what is known around it. */
export interface Failed {
  page: Page;
  failure: Failure;
  standing: EscalationContext;
  person?: Person | undefined;
  /** Every page of the same step, this one included. */
  siblings: Page[];
}

/** What follows from a failed page: the page as it is now, the person's next method, and the next step if nobody is left. */
export type Consequence = Decision<Incident> & { page: Page };

/**
 * A page could not be sent (or came back). It is tried again for an hour if that can help; the person's next method is
 * promised at once; and when no method of anybody on the step is left, the step reached nobody and is passed.
 */
export const fail = (failed: Failed, invocation: Invocation): Consequence => {
  const { standing, failure } = failed;
  const page = afterFailure(failed.page, failure, invocation);
  const history = timelineOf(standing.incident, invocation);
  history.write({
    what: page.state === 'failed' ? 'page-failed' : 'page-given-up',
    text: `${nameOf(page)} failed: ${failure.reason}.${page.dueAt ? ` Trying again at ${dateAndTime(page.dueAt)}.` : ' Not tried again.'}`,
    reason: failure.retryable ? 'channel-failed' : 'cannot-be-reached-so',
    refersTo: { pageId: page.id, ...(page.personId ? { personId: page.personId } : {}) },
  });
  const incident = standing.incident;
  const settled = { state: incident, history: history.entries, page };
  if (whyUnwanted(page, incident)) return { ...settled, outbox: [], reason: 'not-needed-any-more' };
  const next = nextPage(failed, invocation);
  if (next) {
    history.write({
      what: 'page-promised',
      text: `Trying ${next.personName} by ${next.channel} instead.`,
      reason: 'method-before-failed',
      refersTo: { pageId: next.id },
    });
    return { ...settled, outbox: [next], reason: 'next-method' };
  }
  if (!reachedNobody({ ...failed, page })) return { ...settled, outbox: [], reason: 'others-may-answer' };
  return { ...pass({ ...failed, page }, invocation, history), page };
};

/**
 * The next step, where this page's step has reached nobody. To be asked once more when a failure is committed: of two
 * pages that fail at the same moment neither decision sees the other's.
 */
export const passIfNobodyReached = (
  failed: Omit<Failed, 'failure'>,
  invocation: Invocation,
): Decision<Incident> => {
  const { incident } = failed.standing;
  if (whyUnwanted(failed.page, incident) || !reachedNobody(failed))
    return nothing(incident, 'others-may-answer');
  return pass(failed, invocation, timelineOf(incident, invocation));
};

const pass = (
  { page, standing }: Omit<Failed, 'failure'>,
  invocation: Invocation,
  history: Timeline,
): Decision<Incident> => {
  history.write({
    what: 'nobody-reached',
    text: `${spoken(page)} reached nobody: every contact method failed. Escalated at once.`,
    reason: 'every-method-failed',
  });
  return takeNext(standing, invocation, history);
};

/** Why a page is no longer wanted. News of an alert is, whatever was answered since. */
export const whyUnwanted = (
  page: Page,
  incident: Incident,
): 'incident-is-over' | 'somebody-answered' | undefined => {
  if (isOver(incident)) return 'incident-is-over';
  return page.generation === incident.generation || page.purpose === 'joined'
    ? undefined
    : 'somebody-answered';
};

export const nameOf = (page: Page): string => `${page.channel} to ${page.personName}`;

const afterFailure = (page: Page, failure: Failure, invocation: Invocation): Page => {
  const dueAt = nextTry(page, failure, { now: invocation.now, giveUpAfter: GIVE_UP_AFTER });
  return { ...page, lastError: failure.reason, state: dueAt ? 'failed' : 'given-up', dueAt };
};

const slotOf = (page: Page): string => page.promise.slice(0, page.promise.indexOf('#'));

/** The person's first verified method that was not promised in this step yet. */
const nextPage = ({ page, person, siblings, standing }: Failed, invocation: Invocation): Page | undefined => {
  const slot = slotOf(page);
  const tried = new Set(siblings.map((sibling) => sibling.promise));
  const contacts = (person?.contactMethods ?? []).flatMap(
    (method) => (person && contactOf(person, method.id)) ?? [],
  );
  const contact = contacts.find((candidate) => !tried.has(promiseOf(slot, candidate)));
  const { purpose, loop, step } = page;
  return contact && newPage(standing.incident, { purpose, loop, step, slot }, contact, invocation);
};

/** Whether this is the step that is being waited for, and every method of everybody on it has failed. */
const reachedNobody = ({ page, siblings, standing }: Omit<Failed, 'failure'>): boolean => {
  const { escalation } = standing.incident;
  const current =
    escalation.state === 'running' && escalation.loop === page.loop && escalation.step === page.step;
  if (!current || page.purpose === 'fallback' || page.purpose === 'joined') return false;
  const failed = new Set(
    siblings
      .filter(
        (sibling) =>
          sibling.promise === page.promise || sibling.state === 'failed' || sibling.state === 'given-up',
      )
      .map((sibling) => sibling.promise),
  );
  const step = standing.policy.steps[page.step];
  return (step ? reachable(standing, step) : []).every((person) =>
    person.contactMethods.every(
      (method) =>
        !method.verified || failed.has(promiseOf(slotOf(page), { personId: person.id, methodId: method.id })),
    ),
  );
};
