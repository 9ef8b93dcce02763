import { expect, test } from 'vitest';
import type { Finding } from '../../shared/domain/preventive/finding/finding.ts';
import { reviewIdOf } from '../../shared/domain/preventive/review/review.ts';
import { type Api, apiOn } from '../support/api.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { OWNER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());

interface Scene {
  desk: Desk;
  api: Api;
  /** Of two incidents that were resolved. */
  reviews: [string, string];
  found(review: string, cause: object): Promise<Finding & { cause: { id: string; type: string } }>;
  change(finding: Finding, patch: object): Promise<{ status: number; body: Finding }>;
  takeBack(finding: Finding): Promise<void>;
  /** The causes that are listed, by their words. */
  listed(): Promise<string[]>;
}

const scene = async (): Promise<Scene> => {
  const desk = await open();
  const office = await reviewDesk(desk);
  const first = await office.resolvedIncident('checkout');
  await desk.pass('PT1M');
  const ids = [first, await office.resolvedIncident('search')];
  office.overlook(OWNER);
  const api = await apiOn(desk.ports);
  const at = ({ reviewId, id }: Finding) => `/v1/reviews/${reviewId}/findings/${id}`;
  return {
    ...{ desk, api, reviews: ids.map(reviewIdOf) as [string, string] },
    found: async (review, cause) => {
      const body = { text: `Found in ${ids.map(reviewIdOf).indexOf(review)}`, answers: ['problem'], cause };
      const reply = await api.ask(`POST /v1/reviews/${review}/findings`, body);
      expect(reply.status, JSON.stringify(reply.body)).toBe(201);
      return reply.body;
    },
    change: (finding, patch) => api.ask(`PATCH ${at(finding)}`, patch),
    takeBack: async (finding) =>
      expect(await api.ask(`DELETE ${at(finding)}`)).toEqual({ status: 204, body: undefined }),
    listed: async () =>
      (await api.ask('GET /v1/causes')).body.items.map(({ text }: { text: string }) => text),
  };
};

const defect = { type: 'defect' };

test('a cause goes with the only finding that it was, and comes back with it', async () => {
  const { api, reviews, found, change, takeBack, listed } = await scene();
  const finding = await found(reviews[0], defect);
  expect(await listed()).toEqual(['Found in 0']);
  expect((await change(finding, { cause: null })).status).toBe(200);
  expect(await listed()).toEqual([]);
  expect((await api.ask(`GET /v1/causes/${finding.cause.id}`)).status).toBe(404);
  expect((await change(finding, { cause: defect })).body).toMatchObject({ cause: finding.cause });
  expect(await listed()).toEqual(['Found in 0']);
  await takeBack(finding);
  expect(await listed()).toEqual([]);
});

test('a cause stays as long as a finding of another review is the same', async () => {
  const { reviews, found, change, takeBack, listed } = await scene();
  const first = await found(reviews[0], defect);
  const second = await found(reviews[1], { sameAs: first.cause.id });
  await takeBack(first);
  expect(await listed()).toEqual(['Found in 0']);
  const third = await found(reviews[1], { sameAs: first.cause.id });
  expect((await change(second, { cause: { type: 'process', sameAs: null } })).status).toBe(200);
  expect((await listed()).toSorted()).toEqual(['Found in 0', 'Found in 1']);
  await takeBack(third);
  expect(await listed()).toEqual(['Found in 1']);
});

test('a cause that was seen in an incident stays, whoever takes it back', async () => {
  const { desk, reviews, found, takeBack, listed } = await scene();
  const finding = await found(reviews[0], defect);
  const { reviewId, createdAt: at } = finding;
  const clientId = desk.cast.client.id;
  const seen = { causeId: finding.cause.id, incidentId: reviewId.replace('rev_', 'inc_'), clientId, at };
  await desk.ports.store.commit([{ put: { kind: 'cause-sighting', ...seen, how: 'review' } }]);
  await takeBack(finding);
  expect(await listed()).toEqual(['Found in 0']);
});

test('a cause that something is to be done against stays', async () => {
  const { desk, reviews, found, takeBack, listed } = await scene();
  const finding = await found(reviews[0], defect);
  const clientId = desk.cast.client.id;
  const against = { causeId: finding.cause.id, actionItemId: 'act_1', clientId };
  await desk.ports.store.commit([{ put: { kind: 'cause-action', ...against } }]);
  await takeBack(finding);
  expect(await listed()).toEqual(['Found in 0']);
});

test('of one who takes a cause back and one who says it is theirs too, the second is told', async () => {
  const { desk, reviews, found, takeBack, listed, api } = await scene();
  const first = await found(reviews[0], defect);
  const { commit } = desk.ports.store;
  let act: (() => Promise<void>) | undefined = () => takeBack(first);
  desk.ports.store.commit = async (writes) => {
    const before = act;
    act = undefined;
    await before?.();
    return commit(writes);
  };
  const same = { text: 'Again', answers: ['problem'], cause: { sameAs: first.cause.id } };
  const refused = await api.ask(`POST /v1/reviews/${reviews[1]}/findings`, same);
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'body.cause.sameAs' }] } });
  expect(await listed()).toEqual([]);
});

test('a finding that is the same as another is changed though that one’s kind was', async () => {
  const { reviews, found, change } = await scene();
  const first = await found(reviews[0], defect);
  const second = await found(reviews[1], { sameAs: first.cause.id });
  await change(first, { cause: { type: 'capacity' } });
  const { status, body } = await change(second, { text: 'In other words' });
  expect([status, body.cause]).toEqual([200, { id: first.cause.id, type: 'capacity' }]);
});
