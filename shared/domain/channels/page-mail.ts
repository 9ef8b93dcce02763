import { html } from '../html.ts';
import { dateAndTime } from '../time.ts';
import type { Letter } from './declaration.ts';

const whereOf = ({ client, service }: Letter): string => `${client} / ${service}`;
const lateness = ({ lateSince }: Letter): string[] =>
  lateSince ? [`This page is late: it was due at ${dateAndTime(lateSince)}.`] : [];

const withoutLink = ({ incidentId }: Letter): string =>
  `The answer link could not be created. Answer by SMS or through the API (incident ${incidentId}).`;

/** A page as plain-text mail. */
export const mailText = (letter: Letter): string =>
  [
    `${letter.heading} ${letter.title}`,
    `${whereOf(letter)}, opened ${dateAndTime(letter.openedAt)}`,
    '',
    letter.why,
    ...lateness(letter),
    '',
    ...(letter.link
      ? [
          'Acknowledge, resolve, escalate or ask for help here:',
          letter.link,
          '',
          'Do not share this link: anyone who has it can answer in your name.',
        ]
      : [withoutLink(letter)]),
    '',
  ].join('\n');

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

const wayToAnswer = (letter: Letter) =>
  letter.link
    ? html`<p style="margin:0 0 24px"><a href="${letter.link}" style="display:block;padding:16px;background:#b42318;color:#ffffff;border-radius:8px;text-align:center;text-decoration:none;font-weight:700;font-size:18px">Open and answer</a></p>
<p style="margin:0;color:#57606a;font-size:13px">Do not share this link: anyone who has it can answer in your name. Opening it changes nothing.</p>`
    : html`<p style="margin:0">${withoutLink(letter)}</p>`;

/** A page as HTML mail: what it is about and one button, if there is a link. Styles are inline, for mail programs drop the others. */
export const mailHtml = (letter: Letter): string => {
  const late = lateness(letter).map(
    (line) =>
      html`<p style="margin:0 0 16px;padding:8px 12px;background:#fff4e5;border-radius:6px">${line}</p>`,
  );
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${letter.subject}</title></head>
<body style="margin:0;padding:16px;background:#f2f3f5;color:#1b1f24;${FONT};font-size:16px;line-height:1.5">
<div style="max-width:520px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px;border-top:6px solid #b42318">
<p style="margin:0;color:#b42318;font-weight:700">${letter.heading}</p>
<h1 style="margin:4px 0 8px;font-size:22px;line-height:1.3;overflow-wrap:anywhere">${letter.title}</h1>
<p style="margin:0 0 16px;color:#57606a">${whereOf(letter)}<br>Opened ${dateAndTime(letter.openedAt)}</p>
${late}<p style="margin:0 0 24px">${letter.why}</p>
${wayToAnswer(letter)}
</div>
</body>
</html>
`.html;
};
