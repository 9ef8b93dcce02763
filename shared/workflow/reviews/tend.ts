import type { Tended } from '../subjects.ts';

export const reviews: Tended = {
  generationOf: async () => undefined,
  tend: async () => ({ writes: [], result: 'nothing-yet' }),
  noticeFailed: async () => [],
};
