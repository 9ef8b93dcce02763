import { expect, test } from 'vitest';
import type { Ports } from '../../shared/workflow/engine/ports.ts';
import { answerByLink, type LinkAction, viewByLink } from '../../shared/workflow/paging/answer-page.ts';
import type { Desk } from '../support/desk.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';

const open = deskOn(testEngine());

const linkIn = (text: string) => {
  const [, incidentId = '', personId = '', token = ''] = /\/a\/(\w+)\/(\w+)\/([\w.-]+)/.exec(text) ?? [];
  return { incidentId, personId, token };
};
const linkFrom = (desk: Desk) => {
  desk.expectPaged('ada', 'email');
  return linkIn(desk.expectPaged('ada', 'sms').text);
};
const taps = async (
  desk: Desk,
  link: ReturnType<typeof linkIn>,
  action: LinkAction,
  ports: Ports = desk.ports,
) => {
  const invocation = { now: desk.ports.clock.now(), id: desk.ports.newId() };
  const { reason } = await answerByLink(ports, { ...link, action }, invocation);
  await desk.reconcile();
  return reason;
};

test('opening the link shows the incident and changes nothing', async () => {
  const desk = await open();
  await desk.alert('checkout');
  const link = linkFrom(desk);
  const before = [await desk.incident(), await desk.timeline(), await desk.pages()];
  const view = await viewByLink(desk.ports, link);
  expect(view).toMatchObject({ personName: 'Ada', over: false, incident: { title: 'checkout is broken' } });
  expect(view.entries.map(({ what }) => what)).toContain('step-taken');
  expect([await desk.incident(), await desk.timeline(), await desk.pages()]).toEqual(before);
});

test('acknowledging does not kill the link that resolves; once over it is refused', async () => {
  const desk = await open();
  await desk.alert('checkout');
  const link = linkFrom(desk);
  expect(await taps(desk, link, 'acknowledge')).toBe('acknowledged');
  expect((await desk.incident()).acknowledgedBy).toBe(desk.cast.people.ada.id);
  expect(await taps(desk, link, 'resolve')).toBe('resolved');
  const over = await desk.incident();
  for (const action of ['acknowledge', 'resolve', 'escalate', 'help'] as const)
    await expect(taps(desk, link, action)).rejects.toMatchObject({ code: 'illegal-move' });
  expect(await desk.incident()).toEqual(over);
  expect((await viewByLink(desk.ports, link)).over).toBe(true);
});

test("a token that is wrong, or somebody else's, or another incident's, opens nothing", async () => {
  const desk = await open();
  await desk.alert('checkout');
  const link = linkFrom(desk);
  await desk.alert('payments');
  const other = linkFrom(desk);
  const bad = [
    { ...link, token: '' },
    { ...link, token: `${link.token}x` },
    { ...link, token: link.token.replace(/^1\./, '2.') },
    { ...link, token: other.token },
    { ...link, incidentId: other.incidentId },
    { ...link, personId: desk.cast.people.bo.id },
  ];
  for (const each of bad) {
    await expect(viewByLink(desk.ports, each)).rejects.toMatchObject({ code: 'not-found' });
    await expect(taps(desk, each, 'acknowledge')).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(new Set((await desk.incidents()).map(({ status }) => status))).toEqual(new Set(['triggered']));
});

test('after the key was changed, links of the old one work while it is kept, and new ones are signed by the new', async () => {
  const desk = await open();
  await desk.alert('checkout');
  const link = linkFrom(desk);
  const older = { version: 1, secret: 'a-secret-of-this-test' };
  const newer = { version: 2, secret: 'the-next-secret' };
  const keyed = (keys: (typeof older)[]): Ports => ({
    ...desk.ports,
    secrets: { ...desk.ports.secrets, linkKeys: async () => keys },
  });
  await expect(taps(desk, link, 'acknowledge', keyed([newer]))).rejects.toMatchObject({ code: 'not-found' });
  desk.ports.secrets.linkKeys = async () => [newer, older];
  expect(await taps(desk, link, 'acknowledge')).toBe('acknowledged');
  await desk.alert('payments');
  expect(linkFrom(desk).token).toMatch(/^2\./);
});

test('the fallback contact answers by a link of its own', async () => {
  const desk = await open({ cast: { methods: { ada: [], bo: [], cy: [], dee: [] } } });
  await desk.alert('checkout');
  const link = linkIn(desk.expectPaged('fallback').text);
  expect(link.personId).toBe('fallback');
  expect(await taps(desk, link, 'acknowledge')).toBe('acknowledged');
  await desk.pass('PT2H');
  desk.expectNobodyPaged();
});
