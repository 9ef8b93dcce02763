import { fail } from '../../domain/proactive/traffic/failure.ts';
import { runTask } from '../../domain/proactive/traffic/tasks.ts';
import type { SubjectHandler } from '../engine/subjects.ts';
import { guarded, loadContext } from './context.ts';
import { coverageOf } from './coverage.ts';

/** How timers and notices tend to planned traffic. */
export const trafficEvents: SubjectHandler = {
  generationOf: async ({ store }, id) => (await store.get({ kind: 'traffic-event', id }))?.generation,

  runTask: async (ports, { subjectId: id, generation, task }, invocation) => {
    const event = await ports.store.get({ kind: 'traffic-event', id });
    if (!event) return { writes: [], result: 'event-is-gone' };
    if (event.generation !== generation) return { writes: [], result: 'overtaken' };
    const context = await loadContext(ports, event);
    const coverage = task === 'cover' ? await coverageOf(ports, event, context.services) : [];
    const plan = runTask(event, { generation, task }, { context, invocation, coverage });
    return { writes: guarded(event, plan, invocation).writes, result: plan.reason };
  },

  noticeFailed: async (ports, notice, invocation) => {
    const event = await ports.store.get({ kind: 'traffic-event', id: notice.subjectId });
    if (!event) return [];
    const context = await loadContext(ports, event);
    const notices = context.notices.map((each) => (each.id === notice.id ? notice : each));
    const plan = fail(event, { notice, context: { ...context, notices }, invocation });
    return guarded(event, plan, invocation).writes;
  },
};
