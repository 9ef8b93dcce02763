import type { Ref, StoredRecord } from '../../domain/records.ts';
import { Refused } from '../../domain/refused.ts';
import { decideAgain } from '../commit.ts';
import type { Ports } from '../ports.ts';
import type { Write } from '../store-port.ts';
import { find, insistOnVersion, type Writer } from './keep.ts';
import type { Named, Noun, NounKind } from './noun.ts';

const MOST_NAMED = 50;

/**
 * Removes a record that nothing uses. First it is marked, so that nothing can begin to use it; then it is looked at
 * once more; then it goes, with its own marks on others and whatever `also` names. Cut off in between, it can be
 * removed again, or changed, which takes the mark off.
 * @throws Refused `in-use` that names every user of it.
 */
export const remove = async <K extends NounKind>(
  ports: Ports,
  caller: Writer,
  { noun, id, also = () => [] }: { noun: Noun<K>; id: string; also?: (record: Named<K>) => Write[] },
): Promise<void> => {
  const role = 'admin' as const;
  const { principal } = caller;
  const asked = await find(ports, noun, { id, principal, role });
  insistOnVersion(asked, caller.ifMatch);
  await insistOnUnused(ports, noun, asked);
  const marked = await mark(ports, noun, { id, principal, removing: true });
  try {
    await insistOnUnused(ports, noun, marked);
  } catch (error) {
    await mark(ports, noun, { id, principal, removing: false });
    throw error;
  }
  await decideAgain(ports, async () => {
    const record = await find(ports, noun, { id, principal, role });
    const gone: Write = { remove: { kind: noun.kind, id } as Ref<'person'>, guard: record.version };
    return { writes: [gone, ...ownMarks(noun, record), ...also(record)], result: undefined };
  });
};

const mark = <K extends NounKind>(
  ports: Ports,
  noun: Noun<K>,
  { id, principal, removing }: { id: string; principal: Writer['principal']; removing: boolean },
): Promise<Named<K>> =>
  decideAgain(ports, async () => {
    const before = await find(ports, noun, { id, principal, role: 'admin' });
    const after = { ...before, version: before.version + 1, removing: removing || undefined };
    return { writes: [{ put: after as unknown as StoredRecord, guard: before.version }], result: after };
  });

const ownMarks = <K extends NounKind>(noun: Noun<K>, record: Named<K>): Write[] =>
  [...new Set(noun.references(record).map((reference) => reference.id))].map((usedId) => ({
    remove: { kind: 'use', usedId, userKind: noun.kind, userId: record.id },
  }));

const PATHS: Record<string, string> = {
  service: 'services',
  'escalation-policy': 'escalation-policies',
  schedule: 'schedules',
  integration: 'integrations',
};

const insistOnUnused = async <K extends NounKind>(
  ports: Ports,
  noun: Noun<K>,
  record: Named<K>,
): Promise<void> => {
  const { items: uses } = await ports.store.list({ of: 'use', usedId: record.id }, { limit: MOST_NAMED });
  const more = uses.length === 0 ? await noun.alsoUsedBy?.(ports, record) : undefined;
  if (uses.length === 0 && !more) return;
  const names = uses.map((use) => `the ${use.userKind.replace('-', ' ')} “${use.userName}”`);
  throw new Refused(
    'in-use',
    `This ${noun.called} is still used by ${more ?? names.join(', ')}. Change or remove that first.`,
    uses.map((use) => ({
      path: `/v1/${PATHS[use.userKind] ?? use.userKind}/${use.userId}`,
      message: `“${use.userName}” uses it`,
    })),
  );
};
