import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from './wildcards.ts';

const OVERWRITTEN_KEPT = Duration.days(90);
const UNFINISHED_KEPT = Duration.days(1);

/**
 * The files that people bring as evidence. Nobody reads or writes here but with an address that one function signed. A
 * trial's bucket goes with its stack once it is empty: what people brought is thrown away by hand, or not at all.
 */
export class Files extends Bucket {
  constructor(scope: Construct, id: string, { keepData }: { keepData: boolean }) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: UNFINISHED_KEPT,
          noncurrentVersionExpiration: OVERWRITTEN_KEPT,
        },
      ],
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'A log of accesses would be a second bucket with the names of files. Who added what is in the review itself.',
    });
  }

  /**
   * Lets a function sign addresses for files of clients, and look at what arrived. It may list, for without that S3
   * answers 403 for what is not there, as if the right were missing.
   */
  grantKeep(role: Role): void {
    const files = this.arnForObjects('clients/*');
    role.addToPolicy(new PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject'], resources: [files] }));
    role.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucketArn] }));
    acknowledgeWildcard(role, files, 'Every file has a name of its own below those of the clients.');
  }
}
