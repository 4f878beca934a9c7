import { Annotations, Aspects, type CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { cacheAdvice } from '../deployment/authorizer-cache.js';
import type { DeployedConsumer } from '../deployment/subscription.js';

/** The function that an authorizer calls, and how long its results are cached. */
interface Authorizer extends CfnResource {
  readonly authorizerUri?: string;
  readonly authorizerResultTtlInSeconds?: number;
}

/** The default TTL of each authorizer in seconds. HTTP APIs don't cache by default. */
const TTLS: Readonly<Record<string, number>> = {
  'AWS::ApiGateway::Authorizer': 300,
  'AWS::ApiGatewayV2::Authorizer': 0,
};

/** Warns about authorizers in the stack that cache results of the function which decide about one request only. */
export function warnOfAuthorizerCache(target: Function, consumers: readonly DeployedConsumer[]): void {
  const advice = cacheAdvice(consumers, 'resultsCacheTtl to Duration.seconds(0)');
  if (!advice) return;
  const warn = (node: IConstruct): void => {
    if (!isAuthorizer(node) || !calls(node, target) || !caches(node)) return;
    if (advice.certain) Annotations.of(node).addWarningV2('lambent:authorizerCache', advice.text);
    else Annotations.of(node).addInfo(advice.text);
  };
  Aspects.of(Stack.of(target)).add({ visit: warn });
}

function isAuthorizer(node: IConstruct): node is Authorizer {
  return CfnResource.isCfnResource(node) && Object.hasOwn(TTLS, node.cfnResourceType);
}

function caches({ authorizerResultTtlInSeconds, cfnResourceType }: Authorizer): boolean {
  return (authorizerResultTtlInSeconds ?? TTLS[cfnResourceType]) !== 0;
}

function calls(authorizer: Authorizer, target: Function): boolean {
  const stack = Stack.of(authorizer);
  const id = Stack.of(target).getLogicalId(target.node.defaultChild as CfnElement);
  return JSON.stringify(stack.resolve(authorizer.authorizerUri) ?? '').includes(JSON.stringify(stack.resolve(id)));
}
