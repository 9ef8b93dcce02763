import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { firebreak } from '../../shared/domain/directory/access.ts';
import { ulid } from '../../shared/domain/id.ts';
import { after, epoch } from '../../shared/domain/time.ts';
import { changeItem } from '../../shared/workflow/action-items/actions.ts';
import { deliver } from '../../shared/workflow/engine/deliver.ts';
import { newInvocation } from '../../shared/workflow/engine/invocation.ts';
import { listAll } from '../../shared/workflow/engine/list-all.ts';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { type ActionDesk, actionDesk } from '../support/action-desk.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { type Github, githubInMemory } from '../support/github.ts';
import { trackerDesk } from '../support/tracker-desk.ts';

const desks = deskOn(testEngine());

const open = async (): Promise<{ desk: Desk; items: ActionDesk; github: Github }> => {
  const desk = await desks();
  const items = await actionDesk(desk);
  const github = githubInMemory(() => desk.ports.clock.now());
  await trackerDesk(desk, github, { linksAll: true });
  return { desk, items, github };
};

/** Each a second after the one before, so that they are promised in this order. */
const rename = ({ ports }: Desk, id: string, title: string) => {
  const { now } = newInvocation(ports);
  seconds += 1;
  const invocation = { now, id: ulid(epoch(now) + seconds * 1000, randomBytes(10)) };
  return changeItem(ports, { principal: firebreak, invocation }, { id, patch: { title } });
};
let seconds = 0;

const tracksOf = async (ports: Ports, subjectId: string) => {
  const found = [];
  for await (const effect of listAll(ports, { of: 'effect', subjectId }))
    if (effect.perform.type === 'sync-issue') found.push(effect);
  return found;
};

test('of several changes at once one brings them all there', async () => {
  const { desk, items, github } = await open();
  const { id } = await items.make();
  items.heard();
  await rename(desk, id, 'One');
  await rename(desk, id, 'Two');
  await rename(desk, id, 'Three');
  github.calls.length = 0;
  const effects = await tracksOf(desk.ports, id);
  expect(effects).toHaveLength(3);
  await Promise.all(effects.map((effect) => deliver(desk.ports, effect)));
  expect(github.calls).toEqual(['PATCH /issues/1']);
  expect(github.issues[0]?.title).toBe('Three');
  expect(await tracksOf(desk.ports, id)).toEqual([]);
});

test('of several effects of an item without an issue one makes it', async () => {
  const { desk, items, github } = await open();
  github.isDown = true;
  const { id } = await items.make();
  items.heard();
  github.isDown = false;
  for (const title of ['One', 'Two', 'Three']) await rename(desk, id, title);
  const effects = await tracksOf(desk.ports, id);
  expect(effects).toHaveLength(4);
  await Promise.all(effects.map((effect) => deliver(desk.ports, effect)));
  expect(github.issues.map(({ title }) => title)).toEqual(['Three']);
  expect(await tracksOf(desk.ports, id)).toEqual([]);
});

test('a change that was begun earlier and committed later makes no second issue', async () => {
  const { desk, items, github } = await open();
  const { clock } = desk.ports;
  const { now } = clock;
  let reason: string | undefined;
  let act: ((id: string) => Promise<unknown>) | undefined = async (id) => {
    act = undefined;
    const invocation = { now: now(), id: ulid(epoch(now()) - 1000, randomBytes(10)) };
    await changeItem(desk.ports, { principal: firebreak, invocation }, { id, patch: { title: 'Two' } });
    const [earlier] = await tracksOf(desk.ports, id);
    clock.now = () => after(now(), 'PT1S');
    if (earlier) reason = await deliver(desk.ports, earlier);
    clock.now = now;
  };
  desk.outside(async (request) => {
    const { items: found } = await desk.ports.store.list(
      { of: 'action-item', clientId: desk.cast.client.id },
      { limit: 1 },
    );
    await act?.(found[0]?.id ?? '');
    return github.httpRequest(request);
  });
  const { id } = await items.make();
  expect(reason).toBe('another-does-it');
  await desk.pass('PT2M');
  expect(github.issues.map(({ title }) => title)).toEqual(['Two']);
  expect(await tracksOf(desk.ports, id)).toEqual([]);
  items.heard();
});

test('what changes while it is on its way is brought there after it', async () => {
  const { desk, items, github } = await open();
  let act: (() => Promise<unknown>) | undefined;
  desk.outside(async (request) => {
    const answer = await github.httpRequest(request);
    await act?.();
    return answer;
  });
  act = async () => {
    act = undefined;
    const [item] = (
      await desk.ports.store.list({ of: 'action-item', clientId: desk.cast.client.id }, { limit: 1 })
    ).items;
    await rename(desk, item?.id ?? '', 'Two');
    const [, promised] = await tracksOf(desk.ports, item?.id ?? '');
    // It sees the other at work, and goes.
    if (promised) expect(await deliver(desk.ports, promised)).toBe('another-does-it');
  };
  const { id } = await items.make();
  await desk.pass('PT1M');
  expect(github.issues.map(({ title }) => title)).toEqual(['Two']);
  expect(await tracksOf(desk.ports, id)).toEqual([]);
  items.heard();
});

test('a link that is taken away while its issue is made is not put back; the history says where the issue is', async () => {
  const { desk, items, github } = await open();
  desk.outside(async (request) => {
    const answer = await github.httpRequest(request);
    const [item] = (
      await desk.ports.store.list({ of: 'action-item', clientId: desk.cast.client.id }, { limit: 1 })
    ).items;
    if (!item) throw new Error('There is no item.');
    const { link: _, ...rest } = item;
    await desk.ports.store.commit([
      { put: { ...rest, version: item.version + 1 } as typeof item, guard: item.version },
    ]);
    return answer;
  });
  const { id } = await items.make();
  expect(await items.item(id)).not.toHaveProperty('link');
  expect(await items.history(id)).toContain('issue-unlinked');
  expect(await tracksOf(desk.ports, id)).toEqual([]);
  items.heard();
});

test('a tracker that is slow is left before the lease is over', async () => {
  const { desk, items, github } = await open();
  const { id } = await items.make();
  items.heard();
  let calls = 0;
  const began = desk.ports.clock.now();
  const { now } = desk.ports.clock;
  desk.ports.clock.now = () => (calls > 0 ? after(began, 'PT16S') : now());
  desk.outside(async (request) => {
    calls += 1;
    return github.httpRequest(request);
  });
  await items.change(id, { title: 'Two', text: 'New.' });
  expect(calls).toBe(1);
  desk.ports.clock.now = now;
  await desk.pass('PT5M');
  expect(github.issues[0]?.title).toBe('Two');
});
