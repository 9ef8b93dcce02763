import { expect } from 'vitest';
import type { Desk } from './desk.ts';

type Name = keyof Desk['cast']['people'];

/** Everybody named was paged by text and by mail, once each. */
export const expectPagedByBoth = (desk: Desk, ...names: Name[]): void => {
  for (const name of names) {
    desk.expectPaged(name, 'sms');
    desk.expectPaged(name, 'email');
  }
};

/** What the timeline tells, by kind, in order. */
export const told = async (desk: Desk, id?: string): Promise<string[]> =>
  (await desk.timeline(id)).map(({ what }) => what);

/** That the timeline says a thing so often. */
export const expectTold = async (desk: Desk, what: string, times: number): Promise<void> =>
  expect((await told(desk)).filter((each) => each === what)).toHaveLength(times);
