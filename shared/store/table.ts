/** The table's shape as plain data: what `infra/table.ts` deploys and what `create-table.ts` makes on one machine. */

/** What lists filter on without reading the items themselves. */
const FILTERED = ['status', 'severity', 'serviceId'] as const;

export const TABLE = {
  /** All keys, of the table and of its indexes, are text. */
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Seconds since 1970, on items that expire. */
  timeToLive: 'expiresAt',
  /** `projected` is what an index holds besides keys. An item is on an index only while it has that index's keys. */
  indexes: {
    gsi1: { partitionKey: 'gsi1pk', sortKey: 'gsi1sk', projected: FILTERED },
    gsi2: { partitionKey: 'gsi2pk', sortKey: 'gsi2sk', projected: FILTERED },
    due: { partitionKey: 'duepk', sortKey: 'duesk', projected: [] },
  },
} as const;

export type ListIndex = 'gsi1' | 'gsi2';

/** An item as the document client gives and takes it. */
export type Item = Record<string, unknown>;
