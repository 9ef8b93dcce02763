import type { ProviderTicket } from '../domain/corrective/provider-tickets/provider-ticket.ts';
import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import { inZoneAndUtc } from '../domain/proactive/traffic/times.ts';
import type { NoticeView, TicketView, TrafficView } from '../workflow/paging/answer-notice.ts';
import { actionPage } from './action-page.ts';
import { type Said, saidOf } from './answer-page.ts';
import { fact, factList } from './fact-list.ts';
import { page } from './layout.ts';

/** How much may be written into the form, in characters. */
export const LONGEST = { name: 200, answer: 1000, note: 4000 } as const;

/** What the holder of a notice's link sees, and what they can say. Documents are loaded where one is shown. */
export const noticePage = async (view: NoticeView, said?: Said): Promise<string> => {
  switch (view.of) {
    case 'traffic':
      return trafficPage(view, said);
    case 'ticket':
      return ticketPage(view, said);
    case 'action':
      return actionPage(view, said);
    case 'review':
      return (await import('./review-notice-page.ts')).reviewNoticePage(view, said);
    case 'publication':
      return (await import('./review-page.ts')).publicationPage(view.publication);
  }
};

const OVER = {
  cancelled: 'This event was cancelled. No action is needed.',
  over: 'This is over. No action is needed.',
  closed: 'This is closed. No action is needed.',
  withdrawn: 'This no longer affects you. No action is needed.',
};

/** Why nothing is left to be answered, if so. */
const overBy = ({ event, notice }: TrafficView): keyof typeof OVER | undefined => {
  if (event.status !== 'planned') return event.status;
  return notice.state === 'withdrawn' ? 'withdrawn' : undefined;
};

const trafficPage = (view: TrafficView, said: Said | undefined): string => {
  const { event, notice, clientName, recipientName, facts } = view;
  const { name } = event;
  const why = overBy(view);
  return page(
    `Planned traffic: ${oneLine(name)}`,
    html`${saidOf(said)}<p class="mark">Planned traffic</p>
<h1>${oneLine(name)}</h1>
<p>To ${oneLine(recipientName)} at ${oneLine(notice.providerName)}: please plan for this.</p>
${why ? over(why) : html``}${factList([...fact('Client', clientName), ...facts])}
${why ? html`` : trafficAnswer(view)}`,
  );
};

const over = (status: keyof typeof OVER): Html => html`<p class="said bad">${OVER[status]}</p>\n`;

const trafficAnswer = ({ event, notice }: TrafficView): Html => {
  const { state, acknowledgedAt, acknowledgedBy, answer } = notice;
  const seen = event.generation;
  if (state !== 'acknowledged' || !acknowledgedAt) return form({ seen });
  const facts = [
    ...fact('When', inZoneAndUtc(acknowledgedAt, event.timeZone)),
    ...fact('By', acknowledgedBy),
    ...fact('Answer', answer),
  ];
  return html`${noted(facts)}
${addition(seen)}`;
};

const ticketPage = (view: TicketView, said: Said | undefined): string => {
  const { ticket, clientName, recipientName } = view;
  return page(
    oneLine(ticket.subject),
    html`${saidOf(said)}<p class="mark">A question to ${oneLine(ticket.providerName)}</p>
<h1>${oneLine(ticket.subject)}</h1>
<p>To ${oneLine(recipientName)}.</p>
${ticketFacts(ticket, clientName)}
<p class="quote">${ticket.text}</p>
${ticket.status === 'closed' ? over('closed') : ticketAnswer(view)}`,
  );
};

const ticketFacts = (ticket: ProviderTicket, clientName: string): Html =>
  factList([
    ...fact('Client', clientName),
    ...fact('Priority', ticket.priority),
    ...fact('Asked', inZoneAndUtc(ticket.askedAt, 'UTC')),
    ...fact('Answer due', inZoneAndUtc(ticket.answerDueAt, 'UTC')),
    ...fact('Your number', ticket.reference),
  ]);

const ticketAnswer = ({ ticket: { answeredAt }, ours }: TicketView): Html => {
  if (answeredAt) return noted(fact('When', inZoneAndUtc(answeredAt, 'UTC')));
  return form(ours ? { button: 'They have answered', whose: 'Their' } : {});
};

const noted = (facts: ReturnType<typeof fact>): Html => html`<h2>Confirmed, thank you</h2>
${factList(facts)}`;

interface Form {
  /** What was on the page when the button was tapped: what has moved since is not noted unseen. */
  seen?: number;
  button?: string;
  whose?: string;
}

const form = ({ seen, button = 'Confirm', whose = 'Your' }: Form): Html => html`<form method="post">
${seenIs(seen)}<label>Your name <small>if you like</small><input type="text" name="name" maxlength="${LONGEST.name}" autocomplete="name"></label>
<label>${whose} answer or ticket number <small>if there is one</small>${answerInput}</label>
<button type="submit" class="first">${button}</button>
</form>`;

/** A ticket number often comes later. */
const addition = (seen: number): Html => html`<form method="post">
${seenIs(seen)}<label>Another answer or ticket number${answerInput}</label>
<button type="submit">Add it</button>
</form>`;

const seenIs = (seen: number | undefined): Html =>
  seen === undefined ? html`` : html`<input type="hidden" name="seen" value="${seen}">\n`;

const answerInput = html`<input type="text" name="answer" maxlength="${LONGEST.answer}" autocomplete="off">`;
