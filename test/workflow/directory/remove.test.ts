import { beforeEach, expect, it } from 'vitest';
import type { Write } from '../../../shared/workflow/engine/store-port.ts';
import { testEngine } from '../../support/engine.ts';
import { ada, type Made, type Office, openOffice, type Shown, stepTo } from '../../support/office.ts';

const engine = testEngine();
let office: Office;
let person: Made;
let at: string;
beforeEach(async () => {
  office = await openOffice(engine);
  person = await office.make('people', ada);
  at = `/v1/people/${person.id}`;
});

const isMarking = (writes: Write[]) =>
  writes.some((write) => 'put' in write && (write.put as { removing?: boolean }).removing === true);
const isRemoval = (writes: Write[]) =>
  writes.some((write) => 'remove' in write && write.remove.kind === 'person');
const use = () => ({ name: 'Desk', steps: [stepTo(['person', person.id])] });
const usePerson = () => office.make('escalation-policies', use());
const crash = async () => {
  throw new Error('the process is gone');
};
/** A removal that dies after its mark. */
const cutOff = async () => {
  office.interrupt(isRemoval, crash);
  expect(await office.ask(`DELETE ${at}`)).toMatchObject({ status: 500 });
};

it('loses to whoever begins to use the record before it is marked', async () => {
  office.interrupt(isMarking, usePerson);
  expect(await office.refused(`DELETE ${at}`)).toMatchObject({ status: 409, code: 'in-use' });
  expect((await office.ask(`GET ${at}`)).status).toBe(200);
  expect(await office.make('schedules', { ...week(), personIds: [person.id] })).toMatchObject({ version: 1 });
});

it('wins over whoever begins to use the record after it is marked', async () => {
  let late: unknown;
  office.interrupt(isRemoval, async () => {
    late = await office.refused('POST /v1/escalation-policies', { body: use() });
  });
  expect(await office.ask(`DELETE ${at}`)).toMatchObject({ status: 204 });
  expect(late).toMatchObject({
    status: 400,
    errors: [{ path: 'body.steps[0].targets[0].id', message: 'this person is being removed' }],
  });
});

it('wins over whoever read the record before it was marked, and writes after', async () => {
  office.interrupt(
    (writes) => writes.some((write) => 'put' in write && write.put.kind === 'escalation-policy'),
    () => office.ask(`DELETE ${at}`),
  );
  expect(await office.refused('POST /v1/escalation-policies', { body: use() })).toMatchObject({
    status: 400,
    errors: [{ message: 'must name an existing person' }],
  });
});

it('looks again when the record was changed and used between its last look and its end', async () => {
  office.interrupt(isRemoval, async () => {
    await office.ask(`PATCH ${at}`, { body: { name: 'Ada Still Here' } });
    await usePerson();
  });
  expect(await office.refused(`DELETE ${at}`)).toMatchObject({ status: 409, code: 'in-use' });
  expect((await office.ask<Shown>(`GET ${at}`)).body.name).toBe('Ada Still Here');
});

it('is refused as stale when the version that was seen is changed under it', async () => {
  office.interrupt(isMarking, () => office.ask(`PATCH ${at}`, { body: { name: 'Newer' } }));
  expect(await office.refused(`DELETE ${at}`, { headers: { 'if-match': '"1"' } })).toMatchObject({
    status: 412,
  });
  expect((await office.ask<Shown>(`GET ${at}`)).body.name).toBe('Newer');
});

it('can be asked for again after it was cut off', async () => {
  await cutOff();
  expect(await office.refused('POST /v1/escalation-policies', { body: use() })).toMatchObject({
    status: 400,
  });
  expect(await office.ask(`DELETE ${at}`)).toMatchObject({ status: 204 });
  expect((await office.ask(`GET ${at}`)).status).toBe(404);
});

it('is over after it was cut off, once the record is changed', async () => {
  await cutOff();
  expect(await office.ask(`PATCH ${at}`, { body: {} })).toMatchObject({ status: 200 });
  await usePerson();
  expect(await office.refused(`DELETE ${at}`)).toMatchObject({ code: 'in-use' });
});

it('takes its mark off when it finds a user that was there at the time', async () => {
  const { store } = office.ports;
  office.interrupt(isMarking, async () => {
    const mark = { kind: 'use', usedId: person.id, userKind: 'schedule', userId: 'sch_1', userName: 'Week' };
    await store.commit([{ put: mark as never }]);
  });
  expect(await office.refused(`DELETE ${at}`)).toMatchObject({ code: 'in-use' });
  expect(await store.get({ kind: 'person', id: person.id })).not.toHaveProperty('removing');
  await usePerson();
});

it('happens once, however many ask for it at once', async () => {
  const replies = await Promise.all(Array.from({ length: 4 }, () => office.ask(`DELETE ${at}`)));
  const statuses = replies.map(({ status }) => status).sort();
  expect(statuses[0]).toBe(204);
  expect(statuses.every((status) => status === 204 || status === 404)).toBe(true);
  expect(statuses.filter((status) => status === 204)).toHaveLength(1);
});

const week = () => ({ name: 'Week', timeZone: 'UTC', startsAt: '2026-01-05T09:00' });
