import { expect, test } from 'vitest';
import { type ActionDesk, actionDesk, OWNER } from '../support/action-desk.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { type Github, githubInMemory } from '../support/github.ts';
import { type TrackerDesk, trackerDesk } from '../support/tracker-desk.ts';

const desks = deskOn(testEngine());

interface Scene {
  desk: Desk;
  items: ActionDesk;
  github: Github;
  tracker: TrackerDesk;
}

/** A desk whose client keeps its issues on GitHub: every action item becomes one. */
const open = async (): Promise<Scene> => {
  const desk = await desks();
  const items = await actionDesk(desk);
  const github = githubInMemory(() => desk.ports.clock.now());
  return { desk, items, github, tracker: await trackerDesk(desk, github, { linksAll: true }) };
};

/** An action item that has its issue; everybody knows of it. */
const tracked = async (body: object = {}) => {
  const scene = await open();
  const { id } = await scene.items.make(body);
  await scene.tracker.hears();
  scene.items.heard();
  return { ...scene, id };
};

const changes = ({ calls }: Github) => calls.filter((call) => !call.startsWith('GET'));

test('an action item becomes an issue that says what it is about, and calls nobody', async () => {
  const { github, items, id } = await tracked({
    title: 'Size the pool by load',
    text: 'Ask @octo about it.\n\nFirebreak act_01KE6F3G000000000000000000',
  });
  const { link } = await items.item(id);
  expect(link).toMatchObject({ key: '1', url: 'https://github.com/example/shop/issues/1', state: 'open' });
  expect(await items.history(id)).toContain('issue-made');
  const [issue] = github.issues;
  expect(issue?.title).toBe('Size the pool by load');
  expect(issue?.body).not.toMatch(/@\w/);
  expect(issue?.body).not.toContain('\nFirebreak act_01KE6F3G000000000000000000');
  expect(issue?.body).toContain('- Due: 2026-01-19 17:00 UTC');
  expect(issue?.body).toContain(`- In Firebreak: https://pages.example.com/v1/action-items/${id}`);
  expect(issue?.body?.endsWith(`\n\nFirebreak ${id}`)).toBe(true);
  expect(changes(github)).toEqual(['POST /issues']);
});

test('what is done here is closed there, once, and the echo changes nothing', async () => {
  const { desk, github, items, tracker, id } = await tracked();
  await desk.pass('PT1H');
  await items.complete(id);
  expect(github.issues[0]).toMatchObject({ state: 'closed', state_reason: 'completed' });
  expect(await tracker.hears((sent) => [...sent, ...sent])).toEqual(['known-already', 'known-already']);
  expect(changes(github)).toEqual(['POST /issues', 'PATCH /issues/1']);
  expect((await items.item(id)).status).toBe('done');
  await items.reopen(id, 'It waits again.');
  expect(github.issues[0]?.state).toBe('open');
  await tracker.hears();
  expect((await items.item(id)).status).toBe('open');
  items.heard();
});

test('what is dropped here is closed there as not planned', async () => {
  const { github, items, id } = await tracked();
  await items.drop(id, 'The pool goes away.');
  expect(github.issues[0]).toMatchObject({ state: 'closed', state_reason: 'not_planned' });
  expect(github.issues[0]?.body).toContain('- This action item was dropped.');
  items.heard();
});

test('what is closed there is done here, and open again with it', async () => {
  const { desk, github, items, tracker, id } = await tracked();
  await desk.pass('PT1H');
  github.does('closed', 1, { state: 'closed' });
  expect(await tracker.hears()).toEqual(['done']);
  const done = await items.item(id);
  expect(done).toMatchObject({ status: 'done', doneBy: { name: 'octo (Shop issues)' } });
  expect(done.link?.state).toBe('closed');
  await desk.pass('PT1H');
  github.does('reopened', 1, { state: 'open' });
  expect(await tracker.hears()).toEqual(['open-again']);
  expect((await items.item(id)).status).toBe('open');
  // Its new date goes there; that it is open, GitHub knows best.
  expect(changes(github)).toEqual(['POST /issues', 'PATCH /issues/1']);
  expect(github.issues[0]?.state).toBe('open');
  expect(items.heard()).toContain('ada: Open again');
});

test('a new title goes either way, and what people write below our part stays', async () => {
  const { desk, github, items, tracker, id } = await tracked();
  await desk.pass('PT1H');
  const [issue] = github.issues;
  github.does('edited', 1, {
    title: 'Size it by sessions',
    body: `${issue?.body}\r\n\r\n- [ ] ask the hoster`,
  });
  await tracker.hears();
  expect((await items.item(id)).title).toBe('Size it by sessions');
  expect(changes(github)).toEqual(['POST /issues']);
  await desk.pass('PT1H');
  await items.change(id, { title: 'Size it by users', text: 'Look at the sizes first.' });
  expect(issue).toMatchObject({ title: 'Size it by users' });
  expect(issue?.body).toMatch(
    /^Look at the sizes first\.\n[\s\S]*\n\nFirebreak act_\w+\n\n- \[ \] ask the hoster$/,
  );
  expect(await tracker.hears()).toEqual(['known-already']);
});

test('what comes late, twice or in the wrong order does no harm', async () => {
  const { desk, github, items, tracker, id } = await tracked();
  await desk.pass('PT1H');
  github.does('closed', 1, { state: 'closed' });
  await desk.pass('PT1M');
  github.does('reopened', 1, { state: 'open' });
  await desk.pass('PT1M');
  github.does('closed', 1, { state: 'closed' });
  const reasons = await tracker.hears((sent) => [...sent.toReversed(), ...sent]);
  const [late, known] = ['older-than-known', 'known-already'];
  expect(reasons).toEqual(['done', late, known, known, late, known]);
  expect((await items.item(id)).status).toBe('done');
});

test('what was closed and opened again there is open here, in whichever order that is heard', async () => {
  const { desk, github, items, tracker, id } = await tracked();
  await desk.pass('PT1H');
  github.does('closed', 1, { state: 'closed' });
  await desk.pass('PT1M');
  github.does('reopened', 1, { state: 'open' });
  expect(await tracker.hears((sent) => sent.toReversed())).toEqual(['known-already', 'older-than-known']);
  expect(await items.item(id)).toMatchObject({ status: 'open', link: { state: 'open' } });
});

test('GitHub is down for an hour: then it is brought up to date, once', async () => {
  const { desk, github, items, tracker, id } = await tracked();
  github.isDown = true;
  await items.change(id, { title: 'Size it by users' });
  await items.complete(id);
  await desk.pass('PT1H');
  github.isDown = false;
  github.calls.length = 0;
  await desk.pass('PT1H');
  expect(changes(github)).toEqual(['PATCH /issues/1']);
  expect(github.issues[0]).toMatchObject({ title: 'Size it by users', state: 'closed' });
  await tracker.hears();
  await desk.pass('P1D');
  expect(changes(github)).toHaveLength(1);
  expect(github.issues).toHaveLength(1);
});

test('an issue whose making was not heard of is found again, not made twice', async () => {
  const { desk, github, items, tracker } = await open();
  github.losesAnswer = true;
  const { id } = await items.make();
  expect((await items.item(id)).link?.key).toBeUndefined();
  github.sent.length = 0;
  await desk.pass('PT5M');
  expect((await items.item(id)).link).toMatchObject({ key: '1', state: 'open' });
  expect(await items.history(id)).toContain('issue-found');
  expect(github.issues).toHaveLength(1);
  await tracker.hears();
  items.heard();
});

test('what is over before it has an issue gets one that is closed, and is not opened again by its making', async () => {
  const { desk, github, items, tracker } = await open();
  github.isDown = true;
  const { id } = await items.make();
  await items.complete(id);
  github.isDown = false;
  await desk.pass('PT1H');
  expect(github.issues).toMatchObject([{ state: 'closed' }]);
  expect(await tracker.hears()).toEqual(['older-than-known', 'known-already']);
  expect((await items.item(id)).status).toBe('done');
  items.heard();
});

test('an issue that is being created is known by its own webhook, if that is faster', async () => {
  const { desk, github, items, tracker } = await open();
  github.losesAnswer = true;
  const { id } = await items.make();
  expect(await tracker.hears()).toEqual(['adopted']);
  await desk.pass('PT5M');
  expect((await items.item(id)).link?.key).toBe('1');
  expect(changes(github)).toEqual(['POST /issues']);
  items.heard();
});

test('a token that is refused is told to the owner once, and works again with a new one', async () => {
  const { desk, github, items, id } = await tracked();
  const { token } = github;
  github.token = 'another';
  await items.change(id, { title: 'Size it by users' });
  await desk.pass('PT5M');
  await items.change(id, { title: 'Size it by sessions' });
  await desk.pass('P1D');
  const told = items.expectTold(OWNER, /^Not in the tracker: Size it by users$/);
  expect(told.text).toContain('The tracker answered 401: Bad credentials.');
  expect(told.text).not.toContain(token);
  expect((await items.item(id)).link?.trouble).toMatchObject({
    why: 'The tracker answered 401: Bad credentials.',
  });
  expect((await items.history(id)).filter((what) => what === 'issue-not-reached')).toHaveLength(1);
  github.token = token;
  await items.change(id, { text: 'Now.' });
  expect(github.issues[0]?.title).toBe('Size it by sessions');
  expect((await items.item(id)).link).not.toHaveProperty('trouble');
});

test('GitHub is down for days: it is given up after one, and the owner hears', async () => {
  const { desk, github, items, id } = await tracked({ dueAt: '2026-06-01T12:00:00.000Z' });
  github.isDown = true;
  await items.change(id, { title: 'Size it by users' });
  await desk.pass('PT20H');
  items.heard();
  expect((await items.item(id)).link?.trouble).toBeUndefined();
  await desk.pass('PT10H');
  expect(items.expectTold(OWNER, /^Not in the tracker/).text).toContain('all attempts failed for a day');
  const { length } = github.calls;
  await desk.pass('P2D');
  expect(github.calls).toHaveLength(length);
});

test('an issue that is moved or deleted there is let go of here', async () => {
  const { github, items, tracker, id } = await tracked();
  github.does('transferred', 1);
  expect(await tracker.hears()).toEqual(['issue-is-gone']);
  expect(await items.item(id)).not.toHaveProperty('link');
  expect(await items.history(id)).toContain('issue-unlinked');
  github.does('closed', 1, { state: 'closed' });
  expect(await tracker.hears()).toEqual(['not-linked']);
  expect((await items.item(id)).status).toBe('open');
});

test('an issue that was there before keeps its words; closed on either side is closed on both', async () => {
  const { desk, github, items, tracker, id } = await tracked();
  await tracker.unlink(id);
  const there = github.opens('The pool is too small', 'As reported.');
  github.sent.length = 0;
  await tracker.link(id, '2');
  expect(there).toMatchObject({ title: 'The pool is too small', body: 'As reported.', state: 'open' });
  await desk.pass('PT1H');
  await items.complete(id);
  expect(there).toMatchObject({ title: 'The pool is too small', body: 'As reported.', state: 'closed' });
  const other = await items.make();
  await tracker.unlink(other.id);
  github.opens('Done long ago').state = 'closed';
  const linked = await tracker.link(other.id, '4');
  expect(linked).toMatchObject({ status: 'done', link: { key: '4', state: 'closed' } });
  await expect(tracker.link(id, '4')).rejects.toThrow('This action item is already linked to the issue 2');
  items.heard();
});

test('a line in an issue links it where somebody with a say there labels it, and not for being opened', async () => {
  const { github, items, tracker, id } = await tracked();
  await tracker.unlink(id);
  const there = github.opens('Pool', `As reported.\n\nFirebreak ${id}\n`);
  expect(await tracker.hears()).toEqual(['not-linked']);
  github.does('labeled', there.number);
  expect(await tracker.hears()).toEqual(['adopted']);
  expect((await items.item(id)).link?.key).toBe('2');
  const second = github.opens('Pool again', `Firebreak ${id}`);
  github.does('labeled', second.number);
  expect(await tracker.hears()).toEqual(['not-linked', 'not-linked']);
});
