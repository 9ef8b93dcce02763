import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Github, Sent } from './github.ts';

/** GitHub over real HTTP, at an enterprise's own address below a path; until the server is closed. */
export const serveGithub = (github: Github): Promise<{ apiUrl: string; server: Server }> =>
  new Promise((resolve) => {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const answer = await github.httpRequest({
        method: request.method as 'GET',
        url: `https://api.github.com${request.url?.replace('/api/v3', '')}`,
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      });
      response.writeHead(answer.status).end(answer.body);
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : '';
      resolve({ apiUrl: `http://127.0.0.1:${port}/api/v3/`, server });
    });
  });

/** What its webhook sends: body and headers, signed with the secret that was given to it. */
export const signed = ({ payload, headers }: Sent, secret: string) => {
  const body = JSON.stringify(payload);
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const sent = { ...headers, 'content-type': 'application/json', 'x-hub-signature-256': signature };
  return { body, headers: sent };
};
