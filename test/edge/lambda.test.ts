import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '../../shared/domain/refused.ts';
import { backgroundFunction, httpFunction } from '../../shared/edge/lambda.ts';
import { telemetry } from '../../shared/edge/telemetry.ts';
import { problemIn, request } from './world.ts';

const written: Record<string, unknown>[] = [];

beforeEach(() => {
  written.length = 0;
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'firebreak-test');
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((line) => {
      written.push(JSON.parse(String(line)));
      return true;
    });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const context = { awsRequestId: 'aws-1' };
const measured = () => written.filter((line) => '_aws' in line);
const logged = () => written.filter((line) => !('_aws' in line));

describe('a function in the background', () => {
  it('gives what its handler gives, and writes what was measured once, at the end', async () => {
    const handler = backgroundFunction('sweep', async (event: { n: number }) => {
      telemetry.count('PagesHandedOver', 2);
      telemetry.count('AlertToPageMilliseconds', 120);
      telemetry.note('swept', { pages: 2 });
      expect(measured()).toEqual([]);
      return event.n + 1;
    });
    expect(await handler({ n: 1 }, context)).toBe(2);
    expect(logged()).toEqual([
      expect.objectContaining({ message: 'swept', correlationId: 'aws-1', pages: 2 }),
    ]);
    expect(measured()).toEqual([
      expect.objectContaining({
        service: expect.any(String),
        PagesHandedOver: 2,
        AlertToPageMilliseconds: 120,
      }),
    ]);
    expect(measured()[0]?._aws).toMatchObject({
      CloudWatchMetrics: [
        {
          Namespace: 'Firebreak',
          Dimensions: [['service']],
          Metrics: [
            { Name: 'PagesHandedOver', Unit: 'Count' },
            { Name: 'AlertToPageMilliseconds', Unit: 'Milliseconds' },
          ],
        },
      ],
    });
  });

  it.each([new Error('The store is down.'), new Refused('stale', 'It has changed.')])(
    'throws again what it cannot handle, logs it and counts a fault',
    async (trouble) => {
      const handler = backgroundFunction('sweep', async () => {
        throw trouble;
      });
      await expect(handler({}, context)).rejects.toBe(trouble);
      expect(logged()).toEqual([expect.objectContaining({ level: 'ERROR', message: 'invocation.failed' })]);
      expect(measured()).toEqual([expect.objectContaining({ Faults: 1 })]);
    },
  );

  it('fails before Lambda ends it, so that somebody hears of it', async () => {
    const never = new Promise<never>(() => {});
    const handler = backgroundFunction('sweep', () => never);
    await expect(handler({}, { ...context, getRemainingTimeInMillis: () => 6 })).rejects.toThrow(/abort/i);
    expect(logged()).toHaveLength(1);
  });
});

describe('a function behind HTTP', () => {
  it('answers a refusal with its problem, and raises no alarm', async () => {
    const handler = httpFunction('things', async () => {
      throw new Refused('in-use', 'Remove the services first.');
    });
    expect(problemIn(await handler(request('DELETE /x')))).toMatchObject({ status: 409, code: 'in-use' });
    expect(measured()).toEqual([]);
    expect(logged()).toEqual([expect.objectContaining({ level: 'INFO', code: 'in-use' })]);
  });

  it('answers a fault of our own with 500, logs it and counts it', async () => {
    const handler = httpFunction('things', async () => {
      throw new TypeError('oops');
    });
    expect((await handler(request('GET /x'), context)).statusCode).toBe(500);
    expect(measured()).toEqual([expect.objectContaining({ Faults: 1 })]);
    expect(logged()).toEqual([expect.objectContaining({ level: 'ERROR', message: 'request.failed' })]);
  });

  it('completes a reply that says little', async () => {
    const handler = httpFunction('things', async () => ({
      headers: { 'Cache-Control': 'max-age=60', age: 7 },
    }));
    expect(await handler(request('GET /x'))).toEqual({
      statusCode: 200,
      headers: {
        'cache-control': 'max-age=60',
        age: '7',
        'x-content-type-options': 'nosniff',
        'x-correlation-id': 'req-1',
      },
      body: '',
    });
  });
});
