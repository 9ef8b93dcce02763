import { expect, test } from 'vitest';
import { after } from '../../shared/domain/time.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import type { Ports, Receipt } from '../../shared/workflow/engine/ports.ts';
import { sweep } from '../../shared/workflow/engine/sweep.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const openDesk = deskOn(testEngine());

test('a timer is fired while every page hangs in a channel that does not answer', async () => {
  const desk = await openDesk();
  const event = { action: 'trigger', dedupKey: 'checkout', summary: 'Checkout', severity: 'sev1' } as const;
  const invocation = { now: desk.ports.clock.now(), id: desk.ports.newId() };
  await receiveAlert(desk.ports, desk.cast.integration, event, invocation);
  const late = after(invocation.now, 'PT6M');
  const hanging: ((receipt: Receipt) => void)[] = [];
  const fired = Promise.withResolvers<void>();
  const ports: Ports = {
    ...desk.ports,
    clock: { ...desk.ports.clock, now: () => late },
    send: () => new Promise((answer) => void hanging.push(answer)),
    telemetry: { ...desk.ports.telemetry, note: (name) => name === 'timer-fired' && fired.resolve() },
  };
  const swept = sweep(ports);
  await fired.promise;
  expect((await desk.incident()).escalation.step).toBe(1);
  const until = swept.then(() => true);
  while (!(await Promise.race([until, new Promise((resolve) => setImmediate(resolve, false))])))
    for (const answer of hanging.splice(0)) answer({ handedOver: false, reason: 'down', retryable: true });
  expect((await swept).failed).toBe(0);
});
