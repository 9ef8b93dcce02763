import type { Item } from '../table.ts';

/**
 * A value as the document client of DynamoDB writes it: what is undefined is left out, at any depth, and what JSON
 * would turn into something else is an error.
 */
const plain = (value: unknown): unknown => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return numeral(value);
  if (Array.isArray(value)) return value.filter((each) => each !== undefined).map(plain);
  if (isPlainObject(value)) return plainItem(value);
  throw new Error(`A ${typeof value} cannot be stored.`);
};

const numeral = (value: number): number => {
  if (!Number.isFinite(value)) throw new Error(`The number ${value} cannot be stored.`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new Error(`The number ${value} is too large to be stored.`);
  return value;
};

const isPlainObject = (value: unknown): value is Item => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

export const plainItem = (fields: object): Item => {
  const item: Item = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) item[name] = plain(value);
  return item;
};
