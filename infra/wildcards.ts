import { Stack, Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';

/** Says why a role may do something with every resource that `resource` matches, and with that one only. */
export const acknowledgeWildcard = (role: Role, resource: string, reason: string): void => {
  const finding = written(Stack.of(role).resolve(resource));
  Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason });
};

/** An expression of CloudFormation as cdk-nag writes it in the id of a finding. */
const written = (expression: unknown): string => {
  if (typeof expression === 'string') return expression;
  const [name, value] = Object.entries(expression as object)[0] ?? [];
  if (name === 'Ref') return `<${value}>`;
  if (name === 'Fn::GetAtt') return `<${value.join('.')}>`;
  if (name === 'Fn::Join') return value[1].map(written).join(value[0]);
  throw new Error(`No finding is written with ${name}.`);
};
