import { expect, test } from 'vitest';
import { call } from './cloud.ts';
import { openDesk } from './desk.ts';

const linkIn = (text: string): string => {
  const path = /https?:\/\/[^/\s]+(\/a\/\S+)/.exec(text)?.[1];
  if (!path) throw new Error(`There is no link in: ${text}`);
  return path;
};
const browser = { 'content-type': 'application/x-www-form-urlencoded' };

test('an alert is paged, and answered by its one-tap link', async () => {
  const desk = await openDesk('answer');
  const id = await desk.alert('trigger', 'checkout');
  const link = linkIn((await desk.page(desk.ada)).text);

  expect((await call('GET', link, { headers: browser })).status).toBe(200);
  expect((await desk.incident(id)).status).toBe('triggered');

  expect((await call('POST', link, { body: 'action=acknowledge', headers: browser })).status).toBe(200);
  expect((await desk.incident(id)).status).toBe('acknowledged');
});

test('the monitor resolves what it has raised', async () => {
  const desk = await openDesk('resolve');
  const id = await desk.alert('trigger', 'search');
  await desk.page(desk.ada);
  await desk.alert('resolve', 'search');
  expect((await desk.incident(id)).status).toBe('resolved');
});
