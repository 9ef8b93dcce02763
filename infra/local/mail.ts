import type { Transporter } from 'nodemailer';
import { within5Seconds } from '../../shared/channels/send-with-retry.ts';
import type { Message, Receipt } from '../../shared/workflow/engine/ports.ts';

const PATIENCE = 5_000;
const PERMANENT = 500;

export interface MailSettings {
  /** smtp://user:password@host:587 */
  url: string;
  from: string;
}

let transport: { url: string; open: Promise<Transporter> } | undefined;

/** Sends one e-mail by SMTP, in 5 seconds at most. Only the server's acceptance of the recipient counts. Never throws. */
export const sendMail = async (message: Message, settings: MailSettings): Promise<Receipt> => {
  try {
    const opened = await transportOf(settings);
    const answer = await within5Seconds(() => opened.sendMail(envelope(message, settings)));
    return { handedOver: true, reference: String(answer.messageId) };
  } catch (error) {
    return refusal(error as SmtpError);
  }
};

const envelope = ({ id, to, subject, text, html }: Message, { from }: MailSettings) => ({
  from,
  to: { name: '', address: to },
  subject,
  text,
  ...(html ? { html } : {}),
  headers: { 'X-Firebreak-Message': id, 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
});

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

/** A recipient that is refused for good is refused again; anything else may be over in a minute. */
const refusal = ({ code, responseCode = 0, message }: SmtpError): Receipt => ({
  handedOver: false,
  reason: `SMTP: ${message}`.slice(0, 300),
  retryable: !(code === 'EENVELOPE' && responseCode >= PERMANENT),
});

const transportOf = ({ url }: MailSettings): Promise<Transporter> => {
  if (transport?.url !== url) transport = { url, open: openTransport(url) };
  return transport.open;
};

const openTransport = async (url: string): Promise<Transporter> => {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
    dnsTimeout: PATIENCE,
  });
};
