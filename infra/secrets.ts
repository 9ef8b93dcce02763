import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret, type SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

const CHARACTERS = 43;

/** What nobody may know: the key that signs one-tap links, and the installation's first administrator key. */
export class Secrets extends Construct {
  /** Made as one key; `{ "keys": [{ "version", "secret" }, …] }` while keys are being exchanged. */
  readonly linkKeys: Secret;
  readonly adminKey: Secret;

  constructor(scope: Construct, id: string, { keepData }: { keepData: boolean }) {
    super(scope, id);
    const secret = (name: string, description: string, generated: SecretStringGenerator): Secret =>
      new Secret(this, name, {
        description,
        generateSecretString: { passwordLength: CHARACTERS, excludePunctuation: true, ...generated },
        removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      });
    this.linkKeys = secret('LinkKeys', 'Signs the one-tap links in pages.', {
      secretStringTemplate: '{"version":1}',
      generateStringKey: 'secret',
    });
    this.adminKey = secret('AdminKey', 'The first administrator key of the API.', {});
    acknowledgeRotation(
      this.linkKeys,
      'A key of another version is added by hand: replaced by itself, it would kill the links of open incidents.',
    );
    acknowledgeRotation(
      this.adminKey,
      'It is the way in before there are other keys; rotated by itself it would lock its owner out.',
    );
  }
}

const acknowledgeRotation = (secret: Secret, reason: string): void =>
  Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason });
