const PLAIN = /^[A-Za-z_$][\w$-]*$/;
const LONGEST_KEY = 80;

/** One step down from a place in JSON: `body` and `steps` give `body.steps`, and `0` then gives `body.steps[0]`. */
export const step = (path: string, key: PropertyKey): string => {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = String(key);
  if (PLAIN.test(name) && name.length <= LONGEST_KEY) return `${path}.${name}`;
  return `${path}[${JSON.stringify(name.slice(0, LONGEST_KEY))}]`;
};

/** The path of a field below a root, such as `body.steps[0].delay`. */
export const jsonPath = (root: string, keys: readonly PropertyKey[]): string =>
  keys.reduce<string>(step, root);
