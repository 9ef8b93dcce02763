import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcard } from './wildcards.ts';

const READS = ['secretsmanager:GetSecretValue'];
const KEEPS = ['secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:DeleteSecret'];

/**
 * Lets a function read what others gave this installation to call them with, or keep it too. Such secrets come and go
 * with what they are for, so they are no part of the stack: their names begin with the installation's.
 */
export const grantVault = (role: Role, wanted: 'read' | 'keep', installation: string): void => {
  const resource = Stack.of(role).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${installation}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const actions = wanted === 'keep' ? [...READS, ...KEEPS] : READS;
  role.addToPolicy(new PolicyStatement({ actions, resources: [resource] }));
  acknowledgeWildcard(
    role,
    resource,
    'Each tracker has a secret of its own, made while Firebreak runs, and AWS ends its ARN by chance.',
  );
};
