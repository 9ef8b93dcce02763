import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flushMetrics, inInvocation, telemetry } from '../../shared/edge/telemetry.ts';

const written: string[] = [];
const saying = (stream: 'stdout' | 'stderr') =>
  vi.spyOn(process[stream], 'write').mockImplementation((line) => {
    written.push(`${stream} ${line}`);
    return true;
  });

beforeEach(() => {
  written.length = 0;
  saying('stdout');
  saying('stderr');
});
afterEach(() => vi.restoreAllMocks());

const lineIn = (text = ''): Record<string, unknown> => JSON.parse(text.slice(text.indexOf('{')));

describe('the watch on one machine', () => {
  it('says on standard error what somebody must look at, and in which invocation', async () => {
    await inInvocation({ function: 'sweep', correlationId: 'c-1' }, async () => {
      await Promise.resolve();
      telemetry.alarm('page.stuck', new Error('No answer.'), { incidentId: 'inc_1' });
    });
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^stderr /);
    expect(lineIn(written[0])).toMatchObject({
      level: 'ERROR',
      message: 'page.stuck',
      function: 'sweep',
      correlationId: 'c-1',
      incidentId: 'inc_1',
      error: { message: 'No answer.' },
    });
  });

  it('lets no number, address or key through, wherever it stands', () => {
    const cause = new Error('{"to":"bo@example.com"}');
    const error = Object.assign(new Error('No route to +15550100123', { cause }), {
      header: 'Bearer s3cret',
    });
    telemetry.alarm('send.failed', error, { to: '+15550100124', key: '0123456789abcdef0123456789abcdef' });
    const [line = ''] = written;
    for (const secret of ['5550100', 'bo@example.com', 's3cret', '0123456789abcdef'])
      expect(line).not.toContain(secret);
    expect(line).toContain('No route to +1555•••123');
  });

  it('takes whatever was thrown', () => {
    telemetry.alarm('odd', 'just text');
    expect(lineIn(written[0])).toMatchObject({ error: { message: 'just text' } });
  });

  it('is quiet about the rest', () => {
    telemetry.note('alert.accepted', { alertId: 'alt_1' });
    telemetry.count('AlertsAccepted');
    flushMetrics();
    expect(written).toEqual([]);
  });
});
