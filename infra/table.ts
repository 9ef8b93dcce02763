import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { TABLE } from '../shared/store/table.ts';

const text = (name: string) => ({ name, type: AttributeType.STRING });

type Index = (typeof TABLE.indexes)[keyof typeof TABLE.indexes];

const indexProps = ([indexName, index]: [string, Index]): GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: text(index.partitionKey),
  sortKey: text(index.sortKey),
  ...(index.projected.length === 0
    ? { projectionType: ProjectionType.KEYS_ONLY }
    : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.projected] }),
});

/** The one table. Lost or deleted by mistake, it can be brought back as it was at any second of the last 35 days. */
export class Table extends TableV2 {
  constructor(scope: Construct, id: string, { keepData }: { keepData: boolean }) {
    super(scope, id, {
      partitionKey: text(TABLE.partitionKey),
      sortKey: text(TABLE.sortKey),
      globalSecondaryIndexes: Object.entries(TABLE.indexes).map(indexProps),
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: TABLE.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  /** Grants what the store does, and no more: a transaction needs the rights of the single writes in it. */
  grantStore(grantee: IGrantable, parts: readonly ('items' | 'lists' | 'due')[]): void {
    if (parts.length === 0) return;
    allow(grantee, STORE_ACTIONS, [this.tableArn]);
    const indexes = [
      ...(parts.includes('lists') ? ['gsi1', 'gsi2'] : []),
      ...(parts.includes('due') ? ['due'] : []),
    ];
    if (indexes.length > 0)
      allow(
        grantee,
        ['dynamodb:Query'],
        indexes.map((index) => `${this.tableArn}/index/${index}`),
      );
  }
}

const STORE_ACTIONS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

const allow = (grantee: IGrantable, actions: string[], resources: string[]): void => {
  grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
};
