/** Chance that can be had again: the same seed gives the same draws. */
export interface Chance {
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** Picks a name by its weight. */
  pick<T extends string>(weights: Record<T, number>): T;
}

/** Marsaglia's xorshift on 32 bits: plenty for choosing moments. */
export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0 || 1;
  const invocation = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  return {
    between: (least, most) => least + Math.floor(invocation() * (most - least + 1)),
    pick: <T extends string>(weights: Record<T, number>): T => {
      const entries = Object.entries(weights) as [T, number][];
      let left = invocation() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return (entries.at(-1) as [T, number])[0];
    },
  };
};
