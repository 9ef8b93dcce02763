import type { EscalationContext } from '../../shared/domain/corrective/incidents/escalation.ts';
import { targetName } from '../../shared/domain/corrective/incidents/escalation.ts';
import type { Incident } from '../../shared/domain/corrective/incidents/incident.ts';
import type { Answer } from '../../shared/domain/corrective/incidents/lifecycle.ts';
import { type OpeningContext, open, snapshotOf } from '../../shared/domain/corrective/incidents/opening.ts';
import { type Invocation, ulid } from '../../shared/domain/id.ts';
import type { Decision } from '../../shared/domain/outbox/decision.ts';
import { epoch, type Instant } from '../../shared/domain/time.ts';
import { type Casting, cast, START } from './cast.ts';

let drawn = 0;

/** A draw of its own at an instant. */
export const drawAt = (now: Instant = START): Invocation => {
  drawn += 1;
  return { now, id: ulid(epoch(now), new Uint8Array([0, 0, 0, 0, 0, 0, 0, drawn >> 16, drawn >> 8, drawn])) };
};

/** An incident that was just opened, and all that decisions about it stand on; no store, no workflow. */
export interface Case {
  opened: Decision<Incident>;
  standing(incident?: Incident): EscalationContext;
  answer(name: 'ada' | 'bo' | 'cy' | 'dee'): Answer;
}

export const caseOf = (casting: Casting & { severity?: Incident['severity'] } = {}): Case => {
  const { client, service, policy, people } = cast(casting);
  const everybody = Object.values(people);
  const roster = Object.fromEntries(
    everybody.map((person) => [targetName({ type: 'person', id: person.id }), [person]]),
  );
  const fallback = {
    personName: 'the fallback contact',
    methodId: 'fallback',
    channel: 'email' as const,
    address: 'fallback@example.com',
  };
  const setting: OpeningContext = { client, service, policy, roster, fallback };
  const actor = { kind: 'integration' as const, id: 'int_1' };
  const { severity = 'sev1' } = casting;
  const opening = { id: 'inc_1', number: 1, title: 'Checkout', severity, actor, reason: 'alert' as const };
  const opened = open(setting, opening, drawAt());
  return {
    opened,
    standing: (incident = opened.state) => ({
      incident,
      policy: snapshotOf(setting, incident.id),
      roster,
      fallback,
    }),
    answer: (name) => ({ actor: { kind: 'person', id: people[name].id, name }, by: people[name].id }),
  };
};
