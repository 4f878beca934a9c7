import { Annotations, Aspects, type CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { cacheAdvice } from '../deployment/authorizer-cache.js';
import type { DeployedConsumer } from '../deployment/subscription.js';

/** The members of an authorizer that say whom it asks, and for how long the answer is kept. */
interface Authorizer extends CfnResource {
  readonly authorizerUri?: string;
  readonly authorizerResultTtlInSeconds?: number;
}

/** Seconds for which a service keeps answers where nothing is said; an HTTP API's has to be asked to. */
const TTLS: Readonly<Record<string, number>> = {
  'AWS::ApiGateway::Authorizer': 300,
  'AWS::ApiGatewayV2::Authorizer': 0,
};

/**
 * Warns at every authorizer in the function's stack that asks the function, and keeps answers that are about one
 * request.
 */
export function warnOfAuthorizerCache(target: Function, consumers: readonly DeployedConsumer[]): void {
  const advice = cacheAdvice(consumers, 'resultsCacheTtl to Duration.seconds(0)');
  if (!advice) return;
  const warn = (node: IConstruct): void => {
    if (!isAuthorizer(node) || !asks(node, target) || !keeps(node)) return;
    if (advice.certain) Annotations.of(node).addWarningV2('lambent:authorizerCache', advice.text);
    else Annotations.of(node).addInfo(advice.text);
  };
  Aspects.of(Stack.of(target)).add({ visit: warn });
}

function isAuthorizer(node: IConstruct): node is Authorizer {
  return CfnResource.isCfnResource(node) && Object.hasOwn(TTLS, node.cfnResourceType);
}

function keeps({ authorizerResultTtlInSeconds, cfnResourceType }: Authorizer): boolean {
  return (authorizerResultTtlInSeconds ?? TTLS[cfnResourceType]) !== 0;
}

function asks(authorizer: Authorizer, target: Function): boolean {
  const stack = Stack.of(authorizer);
  const id = Stack.of(target).getLogicalId(target.node.defaultChild as CfnElement);
  return JSON.stringify(stack.resolve(authorizer.authorizerUri) ?? '').includes(JSON.stringify(stack.resolve(id)));
}
