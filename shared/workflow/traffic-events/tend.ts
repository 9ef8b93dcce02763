import type { Tended } from '../subjects.ts';

export const trafficEvents: Tended = {
  generationOf: async () => undefined,
  tend: async () => ({ writes: [], result: 'nothing-to-do' }),
  noticeFailed: async () => [],
};
