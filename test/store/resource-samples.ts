import type { RecordOf } from '../../shared/domain/records.ts';
import { allResources, type ResourceKind } from '../../shared/domain/resources.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const aggregate = { version: 1, createdAt: NOW, updatedAt: NOW };

/** The example of each resource, as a record. */
export const RESOURCE_SAMPLES = Object.fromEntries(
  allResources().map(({ kind, prefix, record, example }) => [
    kind,
    record.parse({ kind, id: `${prefix}_1`, ...aggregate, ...example }),
  ]),
) as { [K in ResourceKind]: RecordOf<K> };
