import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { clientOf, connect } from '../../../shared/store/dynamodb/client.ts';

test.each([
  [{ DYNAMODB_ENDPOINT: 'http://127.0.0.1:8001', AWS_ENDPOINT_URL: 'http://127.0.0.1:8002' }, 8001],
  [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:8002' }, 8002],
])('with %o the client goes to port %d', async (environment, port) => {
  const client = await clientOf(environment)();
  expect(await client.config.endpoint?.()).toMatchObject({ hostname: '127.0.0.1', port });
});

test('the client of an environment is made once', async () => {
  const client = clientOf({ AWS_ENDPOINT_URL: 'http://127.0.0.1:8002' });
  expect(await client()).toBe(await client());
});

test('a request is tried three times at most', async () => {
  const client = await connect({ region: 'local' });
  expect(await client.config.maxAttempts()).toBe(3);
});

test('a try that is never answered ends as a time-out', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { ListTablesCommand } = await import('@aws-sdk/client-dynamodb');
  const client = await connect({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  client.destroy();
  server.close();
});
