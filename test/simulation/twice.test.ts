import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../shared/domain/proactive/alerts/alert-event.ts';
import { after } from '../../shared/domain/time.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import { deliver } from '../../shared/workflow/engine/deliver.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { beginningFor } from './workflows.ts';
import { team, type World, worldOn } from './world.ts';

const events = fc.record({
  action: fc.constantFrom<AlertEvent['action']>('trigger', 'trigger', 'acknowledge', 'resolve'),
  dedupKey: fc.constantFrom('checkout', 'payments', 'database'),
  severity: fc.constantFrom<AlertEvent['severity']>('sev1', 'sev2', 'sev4'),
  episode: fc.constantFrom(undefined, '2026-01-05T08:00:00.000Z', '2026-01-05T09:00:00.000Z'),
  summary: fc.constant('It is broken'),
});

const performAll = async (world: World): Promise<void> => {
  for (const promise of [...world.store.all('page'), ...world.store.all('effect')])
    if (promise.dueAt && promise.dueAt <= world.now) await deliver(world.process(), promise);
};

/** What people and monitors can tell apart; versions and counts may differ. */
const storyOf = ({ store, sent }: World) => ({
  incidents: store.all('incident').map(({ number, status, severity, episode, escalation }) => {
    return { number, status, severity, episode, escalation };
  }),
  alerts: store.all('alert').map(({ dedupKey, status, severity }) => ({ dedupKey, status, severity })),
  open: store.all('open-alert').length,
  told: store.all('history-entry').map(({ what }) => what),
  sent: sent.map(({ page }) => `${page.purpose} ${page.promise}`),
});

const notify = async (sequence: AlertEvent[], times: number) => {
  const world = worldOn(await beginningFor());
  await performAll(world);
  for (const event of sequence) {
    world.now = after(world.now, 'PT20S');
    for (let time = 0; time < times; time += 1)
      await receiveAlert(world.process(), team.integration, event, newInvocation(world.process()));
    await performAll(world);
  }
  return storyOf(world);
};

test('whatever monitors say, said twice it is the same as once', async () => {
  const sequences = fc.array(events, { maxLength: 12 });
  const property = fc.asyncProperty(sequences, async (sequence) => {
    expect(await notify(sequence, 2)).toEqual(await notify(sequence, 1));
  });
  await fc.assert(property, { numRuns: 100 });
});
