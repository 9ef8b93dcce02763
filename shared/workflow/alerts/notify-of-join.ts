import type { Incident } from '../../domain/corrective/incidents/incident.ts';
import type { Page } from '../../domain/corrective/paging/page.ts';
import { contactOf, newPage, promiseOf } from '../../domain/corrective/paging/promise.ts';
import { reaches } from '../../domain/directory/person.ts';
import type { Invocation } from '../../domain/id.ts';
import { epoch, milliseconds } from '../../domain/time.ts';
import { cachedGet } from '../engine/cache.ts';
import type { Ports } from '../engine/ports.ts';

/** Whoever answered hears of alerts that join at most once in so long, however many there are. */
const AT_MOST_EVERY = milliseconds('PT5M');

/** The pages that tell whoever answered the incident that another alert joined it; none while nobody has. */
export const newsPages = async (
  ports: Ports,
  incident: Incident,
  invocation: Invocation,
): Promise<Page[]> => {
  const by = incident.status === 'triggered' ? undefined : incident.acknowledgedBy;
  const person = by && (await cachedGet(ports, [{ kind: 'person' as const, id: by }])).get(by);
  if (!person) return [];
  const round = Math.floor(epoch(invocation.now) / AT_MOST_EVERY);
  const slotOf = (which: number): string => `g${incident.generation}.joined.${which}`;
  const { loop, step } = incident.escalation;
  const pages = reaches(person, incident.urgency).flatMap(({ method }) => {
    const contact = contactOf(person, method.id);
    return contact
      ? [newPage(incident, { purpose: 'joined', loop, step, slot: slotOf(round) }, contact, invocation)]
      : [];
  });
  const before = [round - 1, round].flatMap((which) =>
    pages.map((page) => ({
      kind: 'page' as const,
      incidentId: incident.id,
      promise: promiseOf(slotOf(which), page),
    })),
  );
  const told = await ports.store.getMany(before);
  const isRecent = ({ promisedAt }: Page): boolean =>
    epoch(invocation.now) - epoch(promisedAt) < AT_MOST_EVERY;
  return told.some(isRecent) ? [] : pages;
};
