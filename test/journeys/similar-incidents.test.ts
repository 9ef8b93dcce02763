import { expect, test } from 'vitest';
import { firebreak } from '../../shared/domain/directory/access.ts';
import type { AlertEvent } from '../../shared/domain/proactive/alerts/alert-event.ts';
import { receiveAlert } from '../../shared/workflow/alerts/receive-alert.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { sweep } from '../../shared/workflow/engine/sweep.ts';
import { openByHand } from '../../shared/workflow/incidents/actions.ts';
import { viewByLink } from '../../shared/workflow/paging/answer-page.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { pageOf, recognised, says } from '../support/past.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const cast = { steps: onlyAda, methods: byTextAlone };

/** An incident, paged to Ada. */
const happens = async (desk: Desk, key: string, summary: string): Promise<string> => {
  const { incidentId = '' } = await desk.alert(key, { summary });
  desk.expectPaged('ada');
  return incidentId;
};

/** One that Ada has resolved, saying so. */
const happened = async (desk: Desk, key: string, summary: string, note = 'A restart.'): Promise<string> => {
  const id = await happens(desk, key, summary);
  await says(desk, 'ada', { what: 'resolve', note, of: id });
  await desk.pass('P1D');
  return id;
};

test('the same alert: the page and the timeline say when it was, and what helped then', async () => {
  const desk = await open({ cast });
  const before = await happened(desk, 'db-7', 'Checkout returns errors', 'Rolled back the release.');
  const id = await happens(desk, 'db-7', 'Quite another sentence');
  expect(await recognised(desk, id)).toEqual([
    'Looks like #1 of 2026-01-05 (same alert). What helped then: Rolled back the release.',
  ]);
  const { alike } = await pageOf(desk, id);
  expect(alike.map(({ match }) => match)).toMatchObject([
    { incidentId: before, number: 1, because: ['alert-key'], helped: 'Rolled back the release.' },
  ]);
});

test('its link opens the page of the other incident for the same reader', async () => {
  const desk = await open({ cast });
  const before = await happened(desk, 'db-7', 'Checkout returns errors');
  const id = await happens(desk, 'db-7', 'Checkout returns errors');
  const { alike } = await pageOf(desk, id);
  const [, incidentId = '', personId = '', token = ''] =
    /^https:\/\/pages\.example\.com\/a\/(\w+)\/(\w+)\/([\w.-]+)$/.exec(alike[0]?.page ?? '') ?? [];
  expect(personId).toBe(desk.cast.people.ada.id);
  const opened = await viewByLink(desk.ports, { incidentId, personId, token });
  expect(opened).toMatchObject({ incident: { id: before }, personName: 'Ada', over: true });
});

test('similar words of another alert: it says so, with the same help', async () => {
  const desk = await open({ cast });
  await happened(desk, 'web-1', 'CPU usage above 90% on web-01', 'Moved the report to the night.');
  const id = await happens(desk, 'web-2', 'CPU usage above 97% on web-12');
  expect(await recognised(desk, id)).toEqual([
    'Looks like #1 of 2026-01-05 (similar words). What helped then: Moved the report to the night.',
  ]);
});

test('one opened by hand is recognised by its words, and is itself recognised later', async () => {
  const desk = await open({ cast });
  await happened(desk, 'web-1', 'Customers cannot pay by card');
  const body = {
    serviceId: desk.cast.service.id,
    title: 'Customers cannot pay by card!',
    severity: 'sev1',
  } as const;
  const { id } = await openByHand(
    desk.ports,
    { principal: firebreak, invocation: newInvocation(desk.ports) },
    body,
  );
  await desk.reconcile();
  desk.expectPaged('ada');
  expect((await recognised(desk, id))[0]).toMatch(/^Looks like #1 /);
  await desk.pass('PT1H');
  const third = await happens(desk, 'pay', 'CUSTOMERS CANNOT PAY BY CARD');
  expect((await pageOf(desk, third)).alike.map(({ match }) => match.number)).toEqual([1, 2]);
});

test('nothing alike: nothing is said, and nothing is left to do', async () => {
  const desk = await open({ cast });
  await happened(desk, 'checkout', 'checkout is broken');
  const id = await happens(desk, 'search', 'search is broken');
  expect(await recognised(desk, id)).toEqual([]);
  expect((await pageOf(desk, id)).alike).toEqual([]);
  expect((await desk.ports.store.list({ of: 'effect', subjectId: id }, { limit: 10 })).items).toEqual([]);
});

test('one that is opened again within its window is the same one: it is compared with nothing anew', async () => {
  const desk = await open({ cast: { ...cast, reopenWindow: 'PT10M' } });
  const id = await happens(desk, 'checkout', 'checkout is broken');
  await desk.resolved('checkout');
  await desk.pass('PT5M');
  expect((await desk.alert('checkout')).reason).toBe('reopened');
  desk.expectPaged('ada');
  expect(await recognised(desk, id)).toEqual([]);
});

test('another service is never looked at, be it of the same client or of another one', async () => {
  const desk = await open({ cast });
  const { client, service, integration } = desk.cast;
  await happened(desk, 'checkout', 'checkout returns errors');
  const others = [
    { clientId: client.id, serviceId: 'svc_01KE6F3G000000000000000AAA' },
    { clientId: 'cli_01KE6F3G000000000000000BBB', serviceId: 'svc_01KE6F3G000000000000000BBB' },
  ];
  const other = { ...client, id: 'cli_01KE6F3G000000000000000BBB', name: 'Tidewater Tickets' };
  await desk.ports.store.commit([
    { put: other },
    ...others.map(({ clientId, serviceId }) => ({ put: { ...service, id: serviceId, clientId } })),
  ]);
  const event: AlertEvent = {
    ...{ action: 'trigger', dedupKey: 'checkout', severity: 'sev1', summary: 'checkout returns errors' },
  };
  for (const whose of others) {
    const from = { ...integration, ...whose, integrationId: `int_${whose.serviceId}` };
    const { incidentId = '' } = await receiveAlert(desk.ports, from, event, newInvocation(desk.ports));
    await desk.reconcile();
    desk.expectPaged('ada');
    expect(await recognised(desk, incidentId)).toEqual([]);
  }
});

test('lost on the way, the sweep compares it; done twice, it is said once', async () => {
  const desk = await open({ cast });
  await happened(desk, 'checkout', 'checkout is broken');
  const event = { dedupKey: 'checkout', severity: 'sev1', summary: 'checkout is broken' } as const;
  const { integration } = desk.cast;
  const trigger = { action: 'trigger', ...event } as const;
  const { incidentId: id = '' } = await receiveAlert(
    desk.ports,
    integration,
    trigger,
    newInvocation(desk.ports),
  );
  const outbox = desk.outbox.filter((put) => put.kind === 'effect');
  expect(outbox).toHaveLength(1);
  desk.outbox.length = 0;
  await sweep(desk.ports);
  desk.expectPaged('ada');
  await desk.ports.store.commit(outbox.map((put) => ({ put })));
  await desk.reconcile();
  expect(await recognised(desk, id)).toHaveLength(1);
});

test('compared late, after many others of its service, it still looks like what was before it', async () => {
  const desk = await open({ cast });
  await happened(desk, 'checkout', 'customers cannot pay by card');
  const late = { dedupKey: 'pay', severity: 'sev1', summary: 'customers cannot pay by card' } as const;
  const { integration } = desk.cast;
  const trigger = { action: 'trigger', ...late } as const;
  const { incidentId = '' } = await receiveAlert(desk.ports, integration, trigger, newInvocation(desk.ports));
  const outbox = desk.outbox.filter((put) => put.kind === 'effect');
  await desk.ports.store.commit(outbox.map((remove) => ({ remove })));
  await desk.pass('PT1S');
  desk.expectPaged('ada');
  for (let other = 0; other < 51; other += 1) await happens(desk, `other-${other}`, 'nothing alike');
  await desk.ports.store.commit(outbox.map((put) => ({ put })));
  await desk.reconcile();
  expect((await recognised(desk, incidentId))[0]).toMatch(/^Looks like #1 /);
});

test('what cannot be compared holds up no page, is tried again and given up, and the incident is none the worse', async () => {
  const desk = await open({ cast });
  const { store } = desk.ports;
  desk.ports.store = {
    ...store,
    list: (list, page) =>
      list.of === 'fingerprint' ? Promise.reject(new Error('likenesses are gone')) : store.list(list, page),
  };
  const id = await happens(desk, 'checkout', 'checkout is broken');
  await desk.pass('PT10M');
  expect(desk.alarms.splice(0)).toEqual(
    Array(5).fill('background-effect-failed: Error: likenesses are gone'),
  );
  expect((await store.list({ of: 'effect', subjectId: id }, { limit: 10 })).items).toEqual([]);
  desk.ports.store = store;
  await says(desk, 'ada', { what: 'resolve', note: 'A restart.', of: id });
  await desk.pass('P1D');
  const again = await happens(desk, 'checkout', 'checkout is broken');
  expect((await recognised(desk, again))[0]).toContain('same alert');
});

test('a likeness that cannot be read is left out, with an alarm', async () => {
  const desk = await open({ cast });
  const id = await happened(desk, 'checkout', 'checkout is broken');
  const known = await desk.ports.store.get({
    kind: 'fingerprint',
    serviceId: desk.cast.service.id,
    incidentId: id,
  });
  if (!known) throw new Error('It is known by nothing.');
  const bad = { ...known, incidentId: `${id.slice(0, -1)}_`, words: 'none' as unknown as string[] };
  await desk.ports.store.commit([{ put: bad }]);
  const again = await happens(desk, 'checkout', 'checkout is broken');
  expect(await recognised(desk, again)).toHaveLength(1);
  expect(desk.alarms.splice(0)).toEqual([expect.stringContaining('unreadable-likeness')]);
});
