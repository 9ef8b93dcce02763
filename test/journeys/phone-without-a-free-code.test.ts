import { expect, test } from 'vitest';
import type { SmsCode } from '../../shared/domain/corrective/paging/page.ts';
import { type Desk, deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { byTextAlone, onlyAda } from '../support/story.ts';

const open = deskOn(testEngine());
const options = { cast: { steps: onlyAda, methods: byTextAlone }, settings: { smsReplies: true } };
const ADA = '+15550100100';

/** The phone has had all of its codes, and these are still reserved. */
const allDrawn = async (desk: Desk, ...codes: number[]): Promise<void> => {
  await desk.ports.store.nextNumber(`sms-codes#${ADA}`, { by: 9999 });
  const reserved: SmsCode = {
    code: 0,
    ...{ kind: 'sms-code', phone: ADA, incidentId: 'inc_before', clientId: desk.cast.client.id },
    ...{ freeAt: '2026-01-05T09:00:00.001Z', version: 1 },
  };
  for (const code of codes) await desk.ports.store.commit([{ put: { ...reserved, code } }]);
};

test('the codes begin again at 1, and pass over those that are reserved', async () => {
  const desk = await open(options);
  await allDrawn(desk, 1, 2);
  await desk.alert('checkout');
  expect(desk.expectPaged('ada').text).toContain('Reply 3a');
});

test('none is free: the page goes out without one, and its link answers it', async () => {
  const desk = await open(options);
  await allDrawn(desk, 1, 2, 3);
  await desk.alert('checkout');
  const { text } = desk.expectPaged('ada');
  expect(text).not.toContain('Reply');
  expect(text).toMatch(/Answer: https:\/\/pages\.example\.com\/a\/inc_\w+\/per_\w+\/1\.[\w-]{22}$/);
});
