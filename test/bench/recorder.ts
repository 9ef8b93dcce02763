import { createServer, type IncomingMessage } from 'node:http';

/** One request that the engine got: `TransactWriteItems` and its JSON. */
export interface Recorded {
  operation: string;
  input: Record<string, unknown>;
}

/** Stands before the engine and notes every request that goes through. */
export const openRecorder = async (
  engine: string,
): Promise<{ endpoint: string; recorded: Recorded[]; close(): Promise<void> }> => {
  const recorded: Recorded[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    recorded.push({ operation, input: JSON.parse(body) });
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).filter(([name]) => !/^(host|connection|content-length)$/.test(name)),
    ) as Record<string, string>;
    const answer = await fetch(engine, { method: 'POST', headers, body });
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    recorded,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};
