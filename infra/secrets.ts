import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { CfnSecret, Secret, type SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

const CHARACTERS = 43;

interface Props {
  keepData: boolean;
  description: string;
  generated?: SecretStringGenerator;
  /** Why it is not replaced by itself from time to time. */
  notRotated: string;
}

/** 43 random letters and digits that nobody has ever typed. */
class RandomSecret extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { keepData, description, generated, notRotated }: Props) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      description,
      generateSecretString: { passwordLength: CHARACTERS, excludePunctuation: true, ...generated },
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: notRotated });
    const { defaultChild } = secret.node;
    if (!CfnSecret.isCfnSecret(defaultChild)) throw new Error('A secret is made of something else.');
    // The same as CDK's `secretArn`, but an ARN on emulators too.
    this.arn = defaultChild.attrId;
  }

  grantRead(role: Role): void {
    role.addToPolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.arn] }),
    );
  }
}

/** What nobody may know: the key that signs one-tap links, and the installation's first administrator key. */
export class Secrets extends Construct {
  /** Made as one key; `{ "keys": [{ "version", "secret" }, …] }` while keys are being exchanged. */
  readonly linkKeys: RandomSecret;
  readonly adminKey: RandomSecret;

  constructor(scope: Construct, id: string, { keepData }: { keepData: boolean }) {
    super(scope, id);
    this.linkKeys = new RandomSecret(this, 'LinkKeys', {
      keepData,
      description: 'Signs the one-tap links in pages.',
      generated: { secretStringTemplate: '{"version":1}', generateStringKey: 'secret' },
      notRotated:
        'New versions are added manually: automatic rotation would break the links of open incidents.',
    });
    this.adminKey = new RandomSecret(this, 'AdminKey', {
      keepData,
      description: 'The first administrator key of the API.',
      notRotated:
        'This key gives access before other keys exist: automatic rotation would lock its owner out.',
    });
  }
}
