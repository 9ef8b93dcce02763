import { capabilitiesOf } from '../../domain/channels/channel.ts';
import type { Page, SmsCode } from '../../domain/corrective/paging/page.ts';
import type { Invocation } from '../../domain/id.ts';
import type { OutboxItem } from '../../domain/outbox/decision.ts';
import { after, expiry } from '../../domain/time.ts';
import type { Ports } from '../engine/ports.ts';
import type { Write } from '../engine/store-port.ts';

/** A code is not given to another incident for so long after it was last sent. */
const RESERVED_FOR = 'P7D';
/** Codes have at most four digits, then they begin again at 1. */
const MOST_CODES = 9999;
/** After so many that are reserved, the text goes out without a code: its link answers it too. */
const MOST_TRIES = 3;
/** The table may forget a code so long after it was last sent, and after that what it counted them by. */
const KEPT_FOR = 'P30D';
const COUNTED_FOR = 'P40D';

/**
 * Gives every text among the promises the code by which it can be answered, in the transaction of the promise.
 * One incident has one code on a phone, however often it is paged. Does nothing where texts cannot be answered.
 */
export const assignReplyCodes = async (
  ports: Ports,
  promised: OutboxItem[],
  { isNew, invocation }: { isNew: boolean; invocation: Invocation },
): Promise<{ effects: OutboxItem[]; codes: Write[] }> => {
  const texts = promised.filter(isAnswerable);
  if (!ports.settings.smsReplies || texts.length === 0) return { effects: promised, codes: [] };
  const phones = new Map(texts.map((page) => [page.address, page]));
  const tried = await Promise.all(
    [...phones.values()].map((page) => allot(ports, page, { isNew, invocation })),
  );
  const allotted = tried.filter((each) => each !== undefined);
  const byPhone = new Map(allotted.map(({ code }) => [code.phone, code.code]));
  const effects = promised.map((each) =>
    isAnswerable(each) ? { ...each, code: byPhone.get(each.address) } : each,
  );
  return { effects, codes: allotted.flatMap(({ writes }) => writes) };
};

const isAnswerable = (each: OutboxItem): each is Page =>
  each.kind === 'page' && capabilitiesOf(each.channel).replies;

interface Allotted {
  code: SmsCode;
  writes: Write[];
}

const allot = async (
  ports: Ports,
  page: Page,
  { isNew, invocation }: { isNew: boolean; invocation: Invocation },
): Promise<Allotted | undefined> => {
  const { address: phone, incidentId } = page;
  const before = isNew ? undefined : await ports.store.get({ kind: 'phone-incident', phone, incidentId });
  const held = before && (await ports.store.get({ kind: 'sms-code', phone, code: before.code }));
  if (held?.incidentId === incidentId) return reserve(page, held, invocation);
  const free = await freeCode(ports, page, invocation);
  return free && reserve(page, free, invocation);
};

type Free = Pick<SmsCode, 'code' | 'version'>;

/** The next code of the phone that is not reserved: a new one (version 0), or an old one whose time is over. */
const freeCode = async (ports: Ports, page: Page, invocation: Invocation): Promise<Free | undefined> => {
  const phone = page.address;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const expiresAt = expiry(invocation.now, COUNTED_FOR);
    const drawn = await ports.store.nextNumber(`sms-codes#${phone}`, { expiresAt });
    const code = ((drawn - 1) % MOST_CODES) + 1;
    if (drawn <= MOST_CODES) return { code, version: 0 };
    const taken = await ports.store.get({ kind: 'sms-code', phone, code });
    if (!taken) return { code, version: 0 };
    if (taken.freeAt <= invocation.now) return { code, version: taken.version };
  }
  return undefined;
};

const reserve = (
  page: Page,
  { code, version }: Pick<SmsCode, 'code' | 'version'>,
  invocation: Invocation,
): Allotted => {
  const { address: phone, incidentId, clientId, personId } = page;
  const freeAt = after(invocation.now, RESERVED_FOR);
  const expiresAt = expiry(invocation.now, KEPT_FOR);
  const record: SmsCode = {
    kind: 'sms-code',
    phone,
    code,
    incidentId,
    clientId,
    freeAt,
    version: version + 1,
    expiresAt,
    ...(personId ? { personId } : {}),
  };
  return {
    code: record,
    writes: [
      { put: record, guard: version === 0 ? 'new' : version },
      { put: { kind: 'phone-incident', phone, incidentId, code, expiresAt } },
    ],
  };
};
