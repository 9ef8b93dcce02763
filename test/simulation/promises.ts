import { expect } from 'vitest';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import { epoch } from '../../shared/domain/time.ts';
import type { World } from './world.ts';

const isOver = ({ status }: Incident): boolean => status === 'resolved' || status === 'closed';
const needsSomebody = (incident: Incident): boolean =>
  incident.status === 'triggered' || (!isOver(incident) && incident.helpFor !== undefined);

/** No page was sent for an incident answered before it was claimed, and none more often than crashes explain. */
const expectHonestPages = ({ sent }: World, crashes: number, schedule: string): void => {
  for (const { page, atClaim } of sent) {
    expect(isOver(atClaim), `${schedule}: paged for what was over`).toBe(false);
    if (page.purpose !== 'joined')
      expect(page.generation, `${schedule}: paged for what was answered`).toBe(atClaim.generation);
  }
  const times = sent.map(({ pageId }) => sent.filter((other) => other.pageId === pageId).length);
  expect(Math.max(0, ...times), `${schedule}: the same page sent twice`).toBeLessThanOrEqual(1 + crashes);
};

/** An open incident that nobody has answered has one next step, of where it stands; one that is over has none. */
const expectNextSteps = ({ store }: World, schedule: string): void => {
  for (const incident of store.all('incident')) {
    const { escalation, id, generation, status } = incident;
    const next = store.all('timer').filter(({ command }) => {
      if (command.incidentId !== id || command.generation !== generation) return false;
      if (command.type === 'fall-back') return escalation.state === 'exhausted';
      if (command.type !== 'escalate' || escalation.state !== 'running') return false;
      return command.loop === escalation.loop && command.step === escalation.step;
    });
    const expected = needsSomebody(incident) ? [escalation.nextAt] : [];
    expect(
      next.map(({ dueAt }) => dueAt),
      `${schedule}: next steps while ${status}`,
    ).toEqual(expected);
    expect(escalation.nextAt !== undefined, schedule).toBe(needsSomebody(incident));
  }
};

/** Every step of every generation was taken once. */
const expectStepsOnce = ({ store }: World, schedule: string): void => {
  const taken = store
    .all('page')
    .filter(({ purpose }) => purpose === 'step' || purpose === 'help')
    .map(({ incidentId, generation, loop, step }) => `${incidentId}.${generation}.${loop}.${step}`);
  const told = store.all('history-entry').filter(({ what }) => what === 'step-taken');
  expect(told.length, `${schedule}: steps that were taken twice`).toBe(new Set(taken).size);
};

/** An alert that no monitor resolved is open, and its incident too, unless who resolved that knew; no incident is open for nothing. */
const expectAgreement = ({ store }: World, schedule: string): void => {
  const incidents = new Map(store.all('incident').map((incident) => [incident.id, incident]));
  const forgotten = store.all('alerts-open-at-resolve');
  for (const { incidentId, alertId } of store.all('open-alert')) {
    const incident = incidents.get(incidentId);
    const known = forgotten.some(
      (each) =>
        each.incidentId === incidentId &&
        each.id === `${incident?.episode}` &&
        each.alertIds.includes(alertId),
    );
    const agrees = incident && (known || !isOver(incident));
    expect(agrees, `${schedule}: ${alertId} is open and its incident is over`).toBe(true);
  }
  const open = store.all('alert').filter(({ status }) => status === 'triggered');
  const marked = store.all('open-alert').map(({ alertId }) => alertId);
  expect(marked.sort(), `${schedule}: marks`).toEqual(open.map(({ id }) => id).sort());
  for (const incident of incidents.values()) {
    const any = open.some(({ incidentId }) => incidentId === incident.id);
    expect(any || isOver(incident), `${schedule}: an incident is open and its alerts are not`).toBe(true);
  }
};

/** What must hold at every moment between two commits. */
export const expectPromises = (world: World, crashes: number, schedule: string): void => {
  expectHonestPages(world, crashes, schedule);
  expectNextSteps(world, schedule);
  expectStepsOnce(world, schedule);
};

/** What must hold besides after two sweeps: what was due before the second is done. */
export const expectKept = (world: World, crashes: number, schedule: string): void => {
  expectPromises(world, crashes, schedule);
  expectAgreement(world, schedule);
  const undone = [
    ...world.store.all('page'),
    ...world.store.all('notice'),
    ...world.store.all('effect'),
    ...world.store.all('timer'),
  ].filter(({ dueAt }) => dueAt !== undefined && epoch(dueAt) < epoch(world.now));
  expect(undone, `${schedule}: not done after two sweeps`).toEqual([]);
};
