import * as z from 'zod';
import { aggregate, Name } from '../../aggregate.ts';
import { type Resource, reference } from '../../resource.ts';
import { Duration, milliseconds } from '../../time.ts';

const MOST_STEPS = 10;
const MOST_TARGETS = 10;
/** Of a whole policy, so that it can be written in one transaction. */
const MOST_DIFFERENT = 30;
const MOST_REPEATS = 9;
const SHORTEST_DELAY = milliseconds('PT1M');
const LONGEST_DELAY = milliseconds('P7D');

const target = { type: z.enum(['person', 'schedule']), id: z.string() };

/** Who a step reaches: a person, or whoever is on call on a schedule when the step is taken. */
export const Target = z.looseObject(target);
export type Target = z.infer<typeof Target>;

const Delay = Duration.refine(
  (delay) => milliseconds(delay) >= SHORTEST_DELAY && milliseconds(delay) <= LONGEST_DELAY,
  'must be between PT1M and P7D (a timer may be up to a minute late)',
);

/** One step: everybody on it at once, then `delay` for an answer, counted from when it was really taken. */
export const Step = z.looseObject({ delay: Delay, targets: z.array(Target).min(1).max(MOST_TARGETS) });
export type Step = z.infer<typeof Step>;

const StepBody = z.strictObject({
  delay: Delay,
  targets: z.array(z.strictObject(target)).min(1).max(MOST_TARGETS),
});

/** How many more times all steps are gone through when nobody answers. */
const Repeats = z.number().int().min(0).max(MOST_REPEATS);

/** Ordered steps, repeated, until somebody answers. */
export const EscalationPolicy = z.looseObject({
  ...aggregate('escalation-policy'),
  name: Name,
  steps: z.array(Step).min(1).max(MOST_STEPS),
  repeats: Repeats,
});
export type EscalationPolicy = z.infer<typeof EscalationPolicy>;

export const EscalationPolicyBody = z
  .strictObject({
    name: Name,
    steps: z.array(StepBody).min(1).max(MOST_STEPS),
    repeats: Repeats.default(0),
  })
  .check((context) => {
    const targets = context.value.steps.flatMap((step) => step.targets.map(({ id }) => id));
    if (new Set(targets).size <= MOST_DIFFERENT) return;
    const message = `must not name more than ${MOST_DIFFERENT} different people and schedules`;
    context.issues.push({ code: 'custom', input: context.value.steps, path: ['steps'], message });
  });
export type EscalationPolicyBody = z.infer<typeof EscalationPolicyBody>;

/** The policy as it was when the incident opened: the incident follows this one, whatever is edited later. */
export const PolicySnapshot = z.looseObject({
  kind: z.literal('policy-snapshot'),
  incidentId: z.string(),
  clientId: z.string(),
  policyId: z.string(),
  name: z.string(),
  steps: z.array(Step),
  repeats: z.number(),
});
export type PolicySnapshot = z.infer<typeof PolicySnapshot>;

export const escalationPolicies: Resource<EscalationPolicy> = {
  kind: 'escalation-policy',
  prefix: 'pol',
  path: 'escalation-policies',
  called: 'escalation policy',
  api: 'corrective',
  owner: 'installation',
  record: EscalationPolicy,
  body: EscalationPolicyBody,
  shown: ['name', 'steps', 'repeats'],
  references: ({ steps }) =>
    steps.flatMap(({ targets }, at) =>
      targets.map(({ type, id }, place) => reference(type, id, `body.steps[${at}].targets[${place}].id`)),
    ),
  example: {
    name: 'Around the clock',
    steps: [{ delay: 'PT5M', targets: [{ type: 'person', id: 'per_1' }] }],
    repeats: 1,
  },
};
