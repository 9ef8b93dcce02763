import { expect, test } from 'vitest';
import { type ActionDesk, actionDesk, OWNER } from '../support/action-desk.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { type Jira, jiraInMemory } from '../support/jira.ts';
import { type TrackerDesk, trackerDesk } from '../support/tracker-desk.ts';

const desks = deskOn(testEngine());

interface Scene {
  desk: Desk;
  items: ActionDesk;
  jira: Jira;
  tracker: TrackerDesk;
  id: string;
}

/** An action item of a client that keeps its issues in Jira; everybody knows of it. */
const tracked = async (body: object = {}): Promise<Scene> => {
  const desk = await desks();
  const items = await actionDesk(desk);
  const jira = jiraInMemory(() => desk.ports.clock.now());
  const tracker = await trackerDesk(desk, jira, { linksAll: true });
  const { id } = await items.make(body);
  await tracker.hears();
  items.heard();
  return { desk, items, jira, tracker, id };
};

const changes = ({ calls }: Jira) => calls.filter((call) => !call.startsWith('GET'));

test('an action item becomes an issue, in which no macro runs and nobody is called', async () => {
  const { items, jira, id } = await tracked({ text: 'Ask [~jo] {html} !https://example.com/a.png!' });
  expect((await items.item(id)).link).toMatchObject({
    ...{ key: 'OPS-1', url: 'https://example.atlassian.net/browse/OPS-1', state: 'open' },
  });
  expect(jira.issues[0]?.summary).toBe('Size the pool by load');
  expect(jira.issues[0]?.description).toMatch(/^Ask \\\[~jo\] \\\{html\} \\!https/);
  expect(jira.issues[0]?.description.endsWith(`\n\nFirebreak ${id}`)).toBe(true);
});

test('what is done here is done there by a step of its workflow, and open again with it', async () => {
  const { desk, items, jira, tracker, id } = await tracked();
  await desk.pass('PT1H');
  await items.complete(id);
  expect(jira.issues[0]?.status).toBe('Done');
  await tracker.hears((sent) => [...sent, ...sent]);
  expect((await items.item(id)).status).toBe('done');
  await desk.pass('PT1H');
  await items.reopen(id, 'It waits again.');
  expect(jira.issues[0]?.status).toBe('To Do');
  await tracker.hears((sent) => sent.toReversed());
  expect((await items.item(id)).status).toBe('open');
  items.heard();
});

test('what is done there is done here, and open again with it; other steps say nothing', async () => {
  const { desk, items, jira, tracker, id } = await tracked();
  await desk.pass('PT1H');
  jira.does('OPS-1', { status: 'In Progress' });
  expect(await tracker.hears()).toEqual(['known-already']);
  await desk.pass('PT1H');
  jira.does('OPS-1', { status: 'Done' });
  expect(await tracker.hears()).toEqual(['done']);
  expect(await items.item(id)).toMatchObject({
    status: 'done',
    doneBy: { name: 'Jo Example (Shop issues)' },
  });
  await desk.pass('PT1H');
  jira.does('OPS-1', { status: 'In Progress' });
  expect(await tracker.hears()).toEqual(['open-again']);
  expect((await items.item(id)).status).toBe('open');
  expect(jira.issues[0]?.status).toBe('In Progress');
  items.heard();
});

test('a new title goes either way, and what people write below our part stays', async () => {
  const { desk, items, jira, tracker, id } = await tracked();
  await desk.pass('PT1H');
  jira.does('OPS-1', {
    summary: 'Size it by sessions',
    description: `${jira.issues[0]?.description}\r\n\r\nSee the wiki.`,
  });
  await tracker.hears();
  expect((await items.item(id)).title).toBe('Size it by sessions');
  expect(changes(jira)).toEqual(['POST /issue']);
  await desk.pass('PT1H');
  await items.change(id, { title: 'Size it by users', priority: 'high', text: 'Look first.' });
  expect(jira.issues[0]?.summary).toBe('Size it by users');
  expect(jira.issues[0]?.description).toMatch(/^Look first\.\n[\s\S]*\n\nSee the wiki\.$/);
  expect(await tracker.hears()).toEqual(['known-already']);
  expect(changes(jira)).toEqual(['POST /issue', 'PUT /issue/OPS-1']);
});

test('Jira is down for an hour: then it is brought up to date, once, and nothing is made twice', async () => {
  const { desk, items, jira, tracker } = await tracked();
  jira.losesAnswer = true;
  const { id } = await items.make({ title: 'A second one' });
  jira.isDown = true;
  await items.complete(id);
  await desk.pass('PT1H');
  jira.isDown = false;
  jira.calls.length = 0;
  await desk.pass('PT1H');
  expect(jira.issues.map(({ summary, status }) => [summary, status])).toEqual([
    ['Size the pool by load', 'To Do'],
    ['A second one', 'Done'],
  ]);
  expect(changes(jira)).toEqual(['POST /issue/OPS-2/transitions']);
  await tracker.hears();
  await desk.pass('P1D');
  expect(changes(jira)).toHaveLength(1);
  items.heard();
});

test('a token that is refused is told to the owner once', async () => {
  const { desk, items, jira, id } = await tracked();
  jira.token = 'another';
  await items.change(id, { title: 'Size it by users' });
  await desk.pass('P1D');
  await items.change(id, { title: 'Size it by sessions' });
  await desk.pass('P1D');
  expect(items.expectTold(OWNER, /^Not in the tracker/).text).toContain('The tracker answered 401.');
  expect((await items.item(id)).link?.trouble?.why).toBe('The tracker answered 401.');
});

test('an issue that is deleted there is let go of here, and the item stays', async () => {
  const { items, jira, tracker, id } = await tracked();
  jira.deletes('OPS-1');
  expect(await tracker.hears()).toEqual(['issue-is-gone']);
  expect(await items.item(id)).toMatchObject({ status: 'open' });
  expect(await items.item(id)).not.toHaveProperty('link');
});

test('a key of another project is no issue here', async () => {
  const { items, tracker, id } = await tracked();
  await tracker.unlink(id);
  await expect(tracker.link(id, 'HR-1')).rejects.toMatchObject({
    problems: [{ path: 'body.key', message: 'must be the key of an issue of OPS' }],
  });
  await expect(tracker.link(id, 'OPS-99')).rejects.toMatchObject({
    problems: [{ path: 'body.key', message: expect.stringContaining('answered 404: Issue does not exist') }],
  });
  expect(await items.item(id)).not.toHaveProperty('link');
});
