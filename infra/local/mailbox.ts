import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { capabilitiesOf } from '../../shared/domain/channels/channel.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { type Letter, linksIn } from '../../shared/pages/mailbox.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';

const CHUNK = 64 * 1024;
const NEWLINE = 10;

export interface Mailbox {
  /** Resolves when the message is in the file, so that a kill of the process loses none that was handed over. */
  put(message: Message, at: Instant): Promise<void>;
  /** Newest first. */
  newest(limit: number): Promise<Letter[]>;
  close(): Promise<void>;
}

/** The messages that this machine sent, one line of JSON each, in `folder`/messages.jsonl. */
export const openMailbox = async (folder: string): Promise<Mailbox> => {
  const file = await open(join(folder, 'messages.jsonl'), 'a+', 0o600);
  await dropTornLine(file);
  const append = openAppender(file);
  return {
    put: (message, at) => append(`${JSON.stringify(letter(message, at))}\n`),
    newest: async (limit) => (await lastLines(file, limit)).flatMap(parsed),
    close: async () => {
      await append('').catch(() => {});
      await file.close();
    },
  };
};

/** Appends one after the other; those that come while a write is under way go together with the next. */
const openAppender = (file: FileHandle): ((text: string) => Promise<void>) => {
  let waiting: string[] = [];
  let last: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    const text = waiting.join('');
    waiting = [];
    return file.appendFile(text);
  };
  return (text) => {
    waiting.push(text);
    // A write that failed may have left half a line: the next one starts a line of its own.
    if (waiting.length === 1)
      last = last.then(flush, () => {
        waiting.unshift('\n');
        return flush();
      });
    return last;
  };
};

/** A line that was not written whole, on a disk that was full, is left out. */
const parsed = (line: string): Letter[] => {
  try {
    return [JSON.parse(line) as Letter];
  } catch {
    return [];
  }
};

const letter = ({ id, channel, to, subject, text }: Message, at: Instant): Letter => ({
  id,
  at,
  channel,
  to,
  ...(capabilitiesOf(channel).subject ? { subject } : {}),
  text,
  links: linksIn(text),
});

/** A kill in the middle of a write leaves half a line, which was never said to be handed over. */
const dropTornLine = async (file: FileHandle): Promise<void> => {
  const { size } = await file.stat();
  let end = size;
  for await (const chunk of backward(file, size)) {
    const newline = chunk.bytes.lastIndexOf(NEWLINE);
    end = newline < 0 ? chunk.from : chunk.from + newline + 1;
    if (newline >= 0) break;
  }
  if (end < size) await file.truncate(end);
};

/** The last lines of the file, the last one first; reads no more of it than it takes. */
const lastLines = async (file: FileHandle, limit: number): Promise<string[]> => {
  const { size } = await file.stat();
  const chunks: Buffer[] = [];
  let newlines = 0;
  for await (const { bytes } of backward(file, size)) {
    chunks.unshift(bytes);
    newlines += bytes.reduce((count, byte) => count + (byte === NEWLINE ? 1 : 0), 0);
    if (newlines > limit) break;
  }
  const lines = Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);
  return limit < 1 ? [] : lines.slice(-limit).reverse();
};

async function* backward(file: FileHandle, size: number): AsyncGenerator<{ bytes: Buffer; from: number }> {
  for (let end = size; end > 0; end -= CHUNK) {
    const from = Math.max(0, end - CHUNK);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - from), 0, end - from, from);
    yield { bytes: buffer.subarray(0, bytesRead), from };
  }
}
