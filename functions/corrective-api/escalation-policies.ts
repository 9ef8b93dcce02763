import { EscalationPolicy } from '../../shared/domain/corrective/escalation-policy.ts';
import { Kept, keeping, making } from '../../shared/edge/noun-routes.ts';
import { escalationPolicies } from '../../shared/workflow/directory/nouns.ts';

const { name, steps, repeats } = EscalationPolicy.shape;
const view = Kept.extend({ name, steps, repeats });
const of = { noun: escalationPolicies, path: '/v1/escalation-policies', view } as const;

export const routes = [...keeping(of), ...making(of)];
