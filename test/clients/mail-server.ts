import { SMTPServer } from 'smtp-server';

export interface Mail {
  to: string[];
  /** As it came over the wire. */
  raw: string;
  /** Without the quoting that mail puts on lines and characters. */
  text: string;
}

export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  mails: Mail[];
  stop(): Promise<void>;
}

/** A real SMTP server on a free port, which keeps what it is given. */
export const startMailServer = async (): Promise<MailServer> => {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, raw, text: unquoted(raw) });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.on('error', reject);
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

const unquoted = (raw: string): string =>
  raw
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
