import { expect, test } from 'vitest';
import {
  EscalationPolicy,
  EscalationPolicyBody,
} from '../../../shared/domain/corrective/incidents/escalation-policy.ts';
import { Person, PersonBody } from '../../../shared/domain/directory/person.ts';
import { cast } from '../../support/cast.ts';

const { people, policy } = cast({});
const { name, email, contactMethods, notificationRules } = people.ada;
const quiet = { quiet: true };

const rows = [
  {
    what: 'a contact method',
    schemas: [Person, PersonBody],
    record: people.ada,
    change: { contactMethods: contactMethods.map((method) => ({ ...method, ...quiet })) },
    body: { name, email, contactMethods, notificationRules },
  },
  {
    what: 'a notification rule',
    schemas: [Person, PersonBody],
    record: people.ada,
    change: { notificationRules: [{ urgency: 'high', methodId: 'sms', delay: 'PT0S', ...quiet }] },
    body: { name, email, contactMethods },
  },
  {
    what: 'a step',
    schemas: [EscalationPolicy, EscalationPolicyBody],
    record: policy,
    change: { steps: policy.steps.map((step) => ({ ...step, ...quiet })) },
    body: { name: policy.name, steps: policy.steps },
  },
  {
    what: 'a target',
    schemas: [EscalationPolicy, EscalationPolicyBody],
    record: policy,
    change: {
      steps: policy.steps.map((step) => ({
        ...step,
        targets: step.targets.map((target) => ({ ...target, ...quiet })),
      })),
    },
    body: { name: policy.name, steps: policy.steps },
  },
] as const;

test.each(rows)(
  'what a newer version adds to $what survives in a record, and is refused in a body',
  (row) => {
    const [kept, body] = row.schemas;
    const newer = { ...row.record, ...row.change };
    expect(kept.parse(newer)).toEqual(newer);
    expect(body.safeParse(row.body).success).toBe(true);
    expect(body.safeParse({ ...row.body, ...row.change }).error?.issues[0]?.code).toBe('unrecognized_keys');
  },
);
