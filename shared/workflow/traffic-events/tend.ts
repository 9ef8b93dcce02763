import { fail } from '../../domain/proactive/traffic-failure.ts';
import { tend } from '../../domain/proactive/traffic-tend.ts';
import type { Tended } from '../subjects.ts';
import { aroundOf, guarded } from './around.ts';
import { coverageOf } from './coverage.ts';

/** How timers and notices tend to planned traffic. */
export const trafficEvents: Tended = {
  generationOf: async ({ store }, id) => (await store.get({ kind: 'traffic-event', id }))?.generation,

  tend: async (ports, { subjectId: id, generation, task }, draw) => {
    const event = await ports.store.get({ kind: 'traffic-event', id });
    if (!event) return { writes: [], result: 'event-is-gone' };
    if (event.generation !== generation) return { writes: [], result: 'overtaken' };
    const around = await aroundOf(ports, event);
    const coverage = task === 'cover' ? await coverageOf(ports, event, around.services) : [];
    const plan = tend(event, { generation, task }, { around, draw, coverage });
    return { writes: guarded(event, plan, draw).writes, result: plan.reason };
  },

  noticeFailed: async (ports, notice, draw) => {
    const event = await ports.store.get({ kind: 'traffic-event', id: notice.subjectId });
    if (!event) return [];
    const around = await aroundOf(ports, event);
    const notices = around.notices.map((each) => (each.id === notice.id ? notice : each));
    const plan = fail(event, { notice, around: { ...around, notices }, draw });
    return guarded(event, plan, draw).writes;
  },
};
