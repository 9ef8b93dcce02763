import { CfnOutput, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as http from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { Functions } from './grants.ts';
import { routeKeys } from './resources.ts';

/** Requests a second, and how many at once: a storm of alerts passes, a loop somewhere does not eat the account. */
const THROTTLE = { rateLimit: 2000, burstLimit: 1000 };

/** Routes, not paths: paths carry integration keys and the tokens of one-tap links. No address, no name. */
const LOGGED = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    at: AccessLogField.contextRequestTime(),
    route: '$context.routeKey',
    status: AccessLogField.contextStatus(),
    milliseconds: AccessLogField.contextResponseLatency(),
    bytes: AccessLogField.contextResponseLength(),
    integrationError: '$context.integrationErrorMessage',
  }),
);

interface Props {
  configuration: Configuration;
  logRetention: RetentionDays;
  removalPolicy: RemovalPolicy;
}

/** The way in: an HTTP API whose routes only say which function answers. */
export class Api extends Construct {
  readonly api: http.HttpApi;
  readonly stage: http.HttpStage;
  /** Where people and monitors reach the installation, without a trailing slash. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, { configuration, logRetention, removalPolicy }: Props) {
    super(scope, id);
    const { name, domain, publicUrl } = configuration;
    this.api = new http.HttpApi(this, 'Http', { apiName: name, createDefaultStage: false });
    this.stage = new http.HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new http.LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: logRetention, removalPolicy }),
        ),
        format: LOGGED,
      },
    });
    if (domain) this.map(domain);
    this.publicUrl = publicUrl ?? (domain ? `https://${domain.name}` : this.api.apiEndpoint);
  }

  /** Sends every path to its function. */
  route(functions: Functions): void {
    const integrations = new Map<string, LambdaIntegration>();
    for (const { key, name, authorises } of routeKeys()) {
      const integration = integrations.get(name) ?? this.integrate(name, functions[name].lambda);
      integrations.set(name, integration);
      const route = new http.HttpRoute(this, key.replaceAll('/', '_'), {
        httpApi: this.api,
        routeKey: routeKeyOf(key),
        integration,
      });
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: authorises });
    }
  }

  /** One permission per function: one for each of its routes would not fit into its policy. */
  private integrate(name: string, fn: IFunction): LambdaIntegration {
    fn.addPermission('Api', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: '*',
      }),
    });
    return new LambdaIntegration(name, fn);
  }

  private map({ name, certificateArn }: { name: string; certificateArn: string }): void {
    const domain = new http.DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
    });
    new http.ApiMapping(this, 'Mapping', { api: this.api, domainName: domain, stage: this.stage });
    new CfnOutput(Stack.of(this), 'DomainTarget', { value: domain.regionalDomainName });
  }
}

/** Without CDK's own, which adds a permission for every route. */
class LambdaIntegration extends http.HttpRouteIntegration {
  private readonly fn: IFunction;

  constructor(name: string, fn: IFunction) {
    super(name);
    this.fn = fn;
  }

  override bind(): http.HttpRouteIntegrationConfig {
    return {
      type: http.HttpIntegrationType.AWS_PROXY,
      uri: this.fn.functionArn,
      payloadFormatVersion: http.PayloadFormatVersion.VERSION_2_0,
    };
  }
}

const routeKeyOf = (key: string): http.HttpRouteKey => {
  const [method = '', path = ''] = key.split(' ');
  if (path === '') return http.HttpRouteKey.DEFAULT;
  return http.HttpRouteKey.with(path, http.HttpMethod[method as keyof typeof http.HttpMethod]);
};
