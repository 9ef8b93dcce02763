import { canExist, type IndexKeys, type Key } from '../keys.ts';

/** DynamoDB's, so that what passes here passes there. */
const MOST_WRITES = 100;
const LARGEST_ITEM = 400 * 1024;
const LARGEST_TRANSACTION = 4 * 1024 * 1024;
/** A text this short cannot be an item that is too large, whatever it holds: three bytes a character, and overhead. */
const SURELY_SMALL = 90_000;
const OF_A_LIST = 3;

const invalid = (message: string): Error =>
  Object.assign(new Error(message), { name: 'ValidationException' });

export const requireKey = (key: Key): void => {
  if (!canExist(key) || key.sk.length === 0)
    throw invalid(`A key is empty or too long: ${JSON.stringify(key).slice(0, 200)}`);
};

export const requireIndexKeys = ({ gsi1pk, gsi1sk, gsi2pk, gsi2sk, duepk, duesk }: IndexKeys): void => {
  const pairs = [
    [gsi1pk, gsi1sk],
    [gsi2pk, gsi2sk],
    [duepk, duesk],
  ];
  for (const [pk, sk] of pairs)
    if (pk !== undefined || sk !== undefined) requireKey({ pk: pk ?? '', sk: sk ?? '' });
};

/** As DynamoDB counts: names and texts in UTF-8, about half a byte a digit, and a little for each list and map. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1;
  if (typeof value !== 'object' || value === null) return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + sizeOf(each) + 1, OF_A_LIST);
  return OF_A_LIST + sizeOfFields(value, 1);
};

const sizeOfFields = (fields: object, each: number): number =>
  Object.entries(fields).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value) + each,
    0,
  );

/** The size of an item in bytes, or less than a hundredth of what a transaction may hold where that is certain. */
export const requireSize = (fields: object, text: string): number => {
  if (text.length < SURELY_SMALL) return text.length;
  const size = sizeOfFields(fields, 0);
  if (size > LARGEST_ITEM) throw invalid(`An item of ${size} bytes is larger than ${LARGEST_ITEM}.`);
  return size;
};

export const requireTransaction = (keys: Key[], size: number): void => {
  if (keys.length > MOST_WRITES)
    throw invalid(`${keys.length} writes in one transaction are more than ${MOST_WRITES}.`);
  if (size > LARGEST_TRANSACTION)
    throw invalid(`A transaction of ${size} bytes is larger than ${LARGEST_TRANSACTION}.`);
  const names = new Set(keys.map(({ pk, sk }) => `${pk}\t${sk}`));
  if (names.size < keys.length) throw invalid('A transaction cannot hold two writes of one item.');
};
