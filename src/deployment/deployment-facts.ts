import { checkValues } from '../config/config-form.js';
import { formOf } from '../config/load-config.js';
import type { ApplicationDescription, RouteDescription } from '../contracts/application-description.js';
import type { AwsUse, BucketUse, TableUse } from '../contracts/aws-uses.js';
import { bucketVariable, type DestinationKind, isDefaultBus, labelOfDestination } from '../shared/destination.js';
import { bucketsOf, type Permission, permissionsOf, tablesOf } from './permissions.js';
import { scheduleInput, scheduleOf } from './schedules.js';
import { sourceSettings } from './source-settings.js';
import { type Subscription, subscriptionsOf } from './subscription.js';

/**
 * The facts about an application that a deployment has to tell AWS, as `lambent describe --json` prints them. Members
 * may be added in the same version; a different version means that one has changed.
 */
export interface DeploymentFacts {
  readonly version: 1;
  /** The project's functions, by name. All run the same application unless you describe another root module. */
  readonly functions: Readonly<Record<string, FunctionFacts>>;
  readonly routes: readonly RouteFacts[];
  /** The prefixes of lazy modules. Their routes are in `routes`, but for those that cannot be imported here. */
  readonly lazy: readonly string[];
  readonly subscriptions: readonly SubscriptionFacts[];
  /** The schedules that decorators declare. */
  readonly schedules: readonly ScheduleFacts[];
  readonly destinations: readonly DestinationFacts[];
  /** The tables of modules, such as that of `IdempotencyModule`. */
  readonly tables: readonly TableFacts[];
  /** The buckets of large payloads, one for each prefix and access. */
  readonly buckets: readonly BucketFacts[];
  readonly permissions: readonly Permission[];
  /** The environment variables that the application reads. Lambent's own settings are not among them. */
  readonly variables: readonly VariableFacts[];
}

/** A function of the project. */
export interface FunctionFacts {
  /** The source, relative to the project. */
  readonly source: string;
  /** The folder to deploy, relative to the project, once `lambent build` has written it. */
  readonly folder: string;
  /** The handler setting, such as `handler.handler`. */
  readonly handler: string;
}

/** A route. One catch-all route of an API is enough: the application does the routing. */
export interface RouteFacts extends Pick<RouteDescription, 'path' | 'handler'> {
  /** An HTTP method, or `ALL`. */
  readonly method: RouteDescription['method'];
  /** The version in a header, if it has one. */
  readonly version?: string;
}

/** A queue, stream, topic or the like that must invoke the function. */
export interface SubscriptionFacts {
  /** Such as `sqs`. */
  readonly source: string;
  /** The name of the queue and so on in AWS. It may end in `*`; `null` if the decorators name none. */
  readonly name: string | null;
  /** Class and method of its consumers. */
  readonly handlers: readonly string[];
  /** Settings by their names in AWS: of the event source mapping, the notification, the rule or the route. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A schedule of EventBridge Scheduler. */
export interface ScheduleFacts {
  /** A `*` at its end stands for what tells your stacks apart. */
  readonly name: string;
  /** Such as `cron(0 3 * * ? *)`. */
  readonly expression: string;
  /** `null` for UTC. */
  readonly timezone: string | null;
  /** The `Input` of the target, as text; `null` for Scheduler's own. */
  readonly input: string | null;
  readonly handlers: readonly string[];
}

/** A queue, a topic or a bus that the application sends to. */
export interface DestinationFacts {
  readonly kind: DestinationKind;
  readonly name: string;
  /** The variable with the URL of the queue, the ARN of the topic, or the name of the bus. */
  readonly variable: string;
}

/** A table that a module keeps. Its keys are strings. */
export type TableFacts = Pick<TableUse, 'purpose' | 'key'> & {
  /** `null` if it is not known to the machine that describes the application. */
  readonly name: string | null;
  readonly sortKey: string | null;
  /** The attribute with the time to live. */
  readonly timeToLive: string;
};

/** A bucket of large payloads. */
export interface BucketFacts {
  /** As the application calls it. */
  readonly name: string;
  /** The beginning of the keys. */
  readonly prefix: string;
  /** The application's access to the objects. */
  readonly access: BucketUse['access'];
  /** The variable with the name of the bucket in AWS. */
  readonly variable: string;
}

/** An environment variable. */
export interface VariableFacts {
  readonly name: string;
  /** The reason for it: a destination, or a property of a configuration. */
  readonly reason: string;
  /** Whether the application has a default for it. */
  readonly optional: boolean;
  /** Whether its value is a secret. */
  readonly secret: boolean;
}

/** Returns the facts of a described application. */
export async function deploymentFacts(
  description: ApplicationDescription,
  functions: DeploymentFacts['functions'],
): Promise<DeploymentFacts> {
  const { routes, lazy, consumers, requestsVia, sends, uses } = description;
  const subscriptions = subscriptionsOf(consumers, requestsVia);
  const buckets = bucketsOf(uses).map(bucketFacts);
  const configured = await Promise.all(uses.map(configurationVariables));
  return {
    version: 1,
    functions,
    routes: routes.map(({ method, path, version, handler }) => ({
      method,
      path,
      ...(version !== undefined && { version }),
      handler,
    })),
    lazy,
    subscriptions: subscriptions.filter((one) => scheduleOf(one) === undefined).map(subscriptionFacts),
    schedules: subscriptions.flatMap(scheduleFacts),
    destinations: sends.map(({ kind, name, variable }) => ({ kind, name, variable })),
    tables: tablesOf(uses).map(tableFacts),
    buckets,
    permissions: permissionsOf(description),
    variables: unique([
      ...sends.map((destination) => ({
        name: destination.variable,
        reason: labelOfDestination(destination),
        optional: isDefaultBus(destination),
        secret: false,
      })),
      ...buckets.map(({ name, variable }) => ({
        name: variable,
        reason: `bucket ${JSON.stringify(name)}`,
        optional: false,
        secret: false,
      })),
      ...configured.flat(),
    ]),
  };
}

function subscriptionFacts(subscription: Subscription): SubscriptionFacts {
  const { source, name = null } = subscription;
  return { source, name, handlers: handlersOf(subscription), settings: sourceSettings(subscription) };
}

function handlersOf({ consumers }: Subscription): string[] {
  return [...new Set(consumers.map(({ handler }) => handler))];
}

function scheduleFacts(subscription: Subscription): ScheduleFacts[] {
  const schedule = scheduleOf(subscription);
  if (!schedule) return [];
  const { expression, timezone = null } = schedule;
  return [
    {
      name: subscription.name!,
      expression,
      timezone,
      input: scheduleInput(schedule) ?? null,
      handlers: handlersOf(subscription),
    },
  ];
}

export function tableFacts({ purpose, name, key, sortKey }: TableUse): TableFacts {
  return { purpose, name: name ?? null, key, sortKey: sortKey ?? null, timeToLive: 'expiration' };
}

export function bucketFacts({ name, prefix, access }: BucketUse): BucketFacts {
  return { name, prefix, access, variable: bucketVariable(name) };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const SET_BY_LAMBDA = /^(?:AWS_LAMBDA_\w+|AWS_(?:DEFAULT_)?REGION|AWS_EXECUTION_ENV|LAMBDA_TASK_ROOT|_HANDLER)$/;

/** Lists the variables of a configuration class. Its defaults are those that it has on this machine. */
async function configurationVariables(use: AwsUse): Promise<VariableFacts[]> {
  if (use.kind !== 'configuration') return [];
  const form = await formOf(use.type);
  const { broken } = await checkValues(form, {});
  const missed = new Set([...form.required, ...broken.map(({ loc }) => loc[0])]);
  return form.properties.flatMap(({ name, variable, remote, hidden }) => {
    if (variable === undefined || SET_BY_LAMBDA.test(variable)) return [];
    const optional = form.defaults[name] !== undefined || remote !== undefined || !missed.has(name);
    return [{ name: variable, reason: `${use.type.name}.${name}`, optional, secret: hidden }];
  });
}

/** The first of those with one name: a destination may be a property of the configuration, too. */
function unique(variables: readonly VariableFacts[]): VariableFacts[] {
  return [...new Map(variables.toReversed().map((variable) => [variable.name, variable])).values()].toReversed();
}
