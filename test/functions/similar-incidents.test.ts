import { expect, test } from 'vitest';
import { apiOn } from '../support/api.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { says } from '../support/past.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());

/** The same alert twice: the first was resolved by a restart. */
const twice = async (): Promise<{ desk: Desk; first: string; second: string }> => {
  const desk = await open({ cast: { steps: onlyAda, methods: byTextAlone } });
  const happens = async (): Promise<string> => {
    const { incidentId = '' } = await desk.alert('checkout');
    desk.expectPaged('ada');
    return incidentId;
  };
  const first = await happens();
  await says(desk, 'ada', { what: 'resolve', note: 'A restart.' });
  await desk.pass('PT1H');
  return { desk, first, second: await happens() };
};

test('shows what an incident looks like, why, and what helped then', async () => {
  const { desk, first, second } = await twice();
  const { ask } = await apiOn(desk.ports);
  expect(await ask(`GET /v1/incidents/${second}/similar-incidents`)).toEqual({
    status: 200,
    body: {
      at: '2026-01-05T10:00:00.000Z',
      to: [
        {
          ...{ incidentId: first, number: 1, title: 'checkout is broken' },
          ...{ openedAt: '2026-01-05T09:00:00.000Z', because: ['alert-key', 'text'] },
          ...{ helped: 'A restart.', causeIds: [] },
        },
      ],
    },
  });
});

test('is empty where nothing is known', async () => {
  const { desk, first } = await twice();
  const { ask } = await apiOn(desk.ports);
  expect(await ask(`GET /v1/incidents/${first}/similar-incidents`)).toEqual({
    status: 200,
    body: { to: [] },
  });
});

test('is not there for another client, in the words of what does not exist', async () => {
  const { desk, second } = await twice();
  const { ask, keyFor } = await apiOn(desk.ports);
  const key = await keyFor('admin', 'cli_another');
  const foreign = await ask(`GET /v1/incidents/${second}/similar-incidents`, undefined, key);
  expect(foreign).toMatchObject({ status: 404, body: { code: 'not-found' } });
  const missing = await ask(`GET /v1/incidents/inc_none/similar-incidents`, undefined, key);
  expect({ ...foreign.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
});
