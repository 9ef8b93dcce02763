import { expect, test } from 'vitest';
import { noticeReturned } from '../../shared/workflow/paging/deliver-notice.ts';
import { type Desk, deskOn, refuses } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import {
  MANAGER,
  OWNER,
  SECOND_LEVEL,
  SUPPORT,
  type TrafficDesk,
  trafficDesk,
} from '../support/traffic-desk.ts';

const open = deskOn(testEngine());

const bounce = async (desk: Desk, traffic: TrafficDesk, id: string, to: string): Promise<string> => {
  const notice = (await traffic.notices(id)).find((each) => each.to.address === to);
  if (!notice) throw new Error(`Nothing was sent to ${to}.`);
  const which = { subjectId: id, noticeId: notice.id };
  const reason = await noticeReturned(desk.ports, which, 'The mail bounced (Permanent, General)');
  await desk.reconcile();
  return reason;
};

test('a bounced notice is no notice: the next contact is told at once, and ours when nobody is left', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { id } = await traffic.plan();
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  expect(await bounce(desk, traffic, id, SUPPORT)).toBe('given-up');
  traffic.expectTold(SECOND_LEVEL, /^Planned traffic:/);
  desk.expectNobodyPaged();
  expect(await bounce(desk, traffic, id, SUPPORT)).toBe('known-already');

  await bounce(desk, traffic, id, SECOND_LEVEL);
  expect((await traffic.event(id)).notices).toMatchObject([{ state: 'failed' }]);
  for (const address of [OWNER, MANAGER]) {
    const told = traffic.expectTold(address, /^The provider could not be notified/);
    expect(told.text).toContain('Example Hosting, phone: Hotline, +15550100900 (always)');
  }
  // The owner is reminded until somebody has told them by hand.
  await desk.pass('P1D');
  traffic.expectTold(OWNER, /^Please complete/);
});

test('an address that is refused is no notice either: the next contact is told', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  desk.channel('email', (message) =>
    message.to === SUPPORT ? refuses(message) : { handedOver: true, reference: 'taken' },
  );
  await traffic.plan();
  traffic.expectTold(SECOND_LEVEL, /^Planned traffic:/);
  desk.expectNobodyPaged();
});

test('reminders that the owner never gets go to the manager, each of them', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  desk.channel('email', (message) =>
    message.to === OWNER ? refuses(message) : { handedOver: true, reference: 'taken' },
  );
  await traffic.plan({ urls: [] });
  for (let day = 0; day < 3; day += 1) {
    const { text } = traffic.expectTold(MANAGER, /^Please complete/);
    expect(text).toContain('This message could not be delivered to Ada');
    await desk.pass('P1D');
  }
  traffic.expectTold(MANAGER, /^Please complete/);
});

test('a bounce that is heard of before the send is recorded stands, and the next contact is told once', async () => {
  const desk = await open();
  const traffic = await trafficDesk(desk);
  const { send } = desk.ports;
  desk.ports.send = async (message) => {
    const receipt = await send(message);
    desk.ports.send = send;
    const which = { subjectId: message.incidentId ?? '', noticeId: message.id };
    await noticeReturned(desk.ports, which, 'The mail was suppressed');
    return receipt;
  };
  const { id } = await traffic.plan();
  traffic.expectTold(SUPPORT, /^Planned traffic:/);
  traffic.expectTold(SECOND_LEVEL, /^Planned traffic:/);
  const first = (await traffic.notices(id)).find((each) => each.to.address === SUPPORT);
  expect(first).toMatchObject({ state: 'given-up', lastError: 'The mail was suppressed' });
});
