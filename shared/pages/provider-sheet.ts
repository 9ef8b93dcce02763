import { spoken } from '../domain/corrective/provider-tickets/messages.ts';
import type { Provider, ProviderContact } from '../domain/directory/provider.ts';
import { type Html, html } from '../domain/html.ts';
import { oneLine } from '../domain/one-line.ts';
import type { ProviderIncident } from '../domain/proactive/provider-incidents/provider-incident.ts';
import type { ProviderSheet } from '../workflow/providers/sheet.ts';
import { page } from './layout.ts';

/** The sheet of a provider: how to reach its support, in the order in which to try. */
export const providerSheet = ({ provider, services, troubles, back }: ProviderSheet): string =>
  page(
    `Support of ${oneLine(provider.name)}`,
    html`<p class="mark">Hosting provider</p>
<h1>${oneLine(provider.name)}</h1>
${reports(troubles)}${facts(provider)}
${levels(provider.contacts)}${list('Have at hand', provider.haveAtHand)}${responseTimes(provider)}${list(
  'Runs there',
  services.map(({ name }) => name),
)}${provider.notes ? html`<h2>Notes</h2>\n<p>${provider.notes}</p>\n` : html``}<p><a href="${back}">Back to the incident</a></p>`,
  );

const reports = (troubles: ProviderIncident[]): Html =>
  html`${troubles.map(
    ({
      title,
      impact,
      status,
      lastUpdate,
      link,
    }) => html`<p class="said bad">The provider reports: ${title} (${impact}, ${status}).${lastUpdate ? ` ${lastUpdate}` : ''}${link ? html` <a href="${link}" rel="noreferrer">Status page</a>` : html``}</p>
`,
  )}`;

const row = (name: string, value: string | undefined): Html =>
  value ? html`<dt>${name}</dt><dd>${value}</dd>\n` : html``;

const facts = (provider: Provider): Html => html`<dl>
${row('Account number', provider.accountNumber)}${row('Plan', provider.plan)}<dt>Support hours</dt><dd>${provider.supportHours} (${provider.timeZone})</dd>
${provider.website ? html`<dt>Website</dt><dd>${linkTo(provider.website)}</dd>\n` : html``}</dl>`;

const levels = (contacts: ProviderContact[]): Html => {
  if (contacts.length === 0) return html`<p class="said bad">No support contact is known.</p>\n`;
  const known = [...new Set(contacts.map(({ level }) => level))].sort((one, other) => one - other);
  return html`${known.map(
    (level, place) => html`<h2>${place === 0 ? 'Ask first' : `If they do not answer: level ${level}`}</h2>
<ol>
${contacts.filter((contact) => contact.level === level).map(entry)}</ol>
`,
  )}`;
};

const entry = (contact: ProviderContact): Html => {
  const { name, way, hours, accountManager } = contact;
  return html`<li><strong>${oneLine(name)}</strong>${accountManager ? ', account manager' : ''}, by ${way}<br>${reach(contact)}${hours ? html`<br>${hours}` : html``}</li>
`;
};

/** A tap calls, writes or opens it. */
const reach = ({ way, address }: ProviderContact): Html => {
  if (way === 'phone') return html`<a href="tel:${address}">${address}</a>`;
  if (way === 'email')
    return html`<a href="mailto:${encodeURIComponent(address).replace('%40', '@')}">${address}</a>`;
  return linkTo(address);
};

/** Only https is ever a link, whatever was stored. */
const linkTo = (address: string): Html =>
  /^https:\/\//i.test(address)
    ? html`<a href="${address}" rel="noreferrer">${address}</a>`
    : html`${address}`;

const list = (title: string, things: string[]): Html =>
  things.length === 0
    ? html``
    : html`<h2>${title}</h2>
<ol>
${things.map((thing) => html`<li>${thing}</li>\n`)}</ol>
`;

const responseTimes = ({ responseTimes: times }: Provider): Html =>
  list(
    'They promise to answer',
    times.map(
      ({ priority, within, note }) => `${priority}: within ${spoken(within)}${note ? ` (${note})` : ''}`,
    ),
  );
