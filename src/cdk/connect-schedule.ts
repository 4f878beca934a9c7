import { Stack, TimeZone } from 'aws-cdk-lib';
import { Rule, type RuleProps, type Schedule as RuleSchedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { scheduleInput, scheduleOf } from '../deployment/schedules.js';
import { labelOf, type Subscription } from '../deployment/subscription.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Schedule as DeclaredSchedule } from '../shared/schedule.js';
import type { Connection, RuleSettings, ScheduleSettings } from './source-options.js';

/** Connects a schedule that a decorator declares, or a rule for one that it only names. */
export function connectSchedule(target: Function, connection: Connection<RuleSchedule | ScheduleSettings>): void {
  const { name, resource, settings, consumers } = connection;
  const subscription = { source: 'schedule', name, consumers };
  const declared = scheduleOf(subscription);
  if (declared && !isSchedule(resource)) createSchedule(target, { name, declared, settings: resource });
  else if (!declared && isSchedule(resource))
    new Rule(target, `Schedule:${name}`, { ...ruleProps(target, settings), ruleName: name, schedule: resource });
  else throw new BootstrapError(whenMistake(subscription, target));
}

function isSchedule(resource: RuleSchedule | ScheduleSettings): resource is RuleSchedule {
  return typeof resource === 'object' && 'expressionString' in resource;
}

/** Says that both the decorator and the stack decide when a schedule runs, or neither. */
function whenMistake(subscription: Subscription, target: Function): string {
  const label = labelOf(subscription);
  return scheduleOf(subscription)
    ? `The decorator of ${label} says when it runs. Remove the schedule from the sources of ` +
        `${target.node.path}, or the cron or rate from the decorator.`
    : `The decorator of ${label} does not say when it runs. Pass a schedule in the sources of ` +
        `${target.node.path}, as in Schedule.rate(Duration.hours(1)), or add a cron or rate to the decorator.`;
}

interface ScheduleToCreate {
  readonly name: string;
  readonly declared: DeclaredSchedule;
  readonly settings: ScheduleSettings;
}

function createSchedule(target: Function, { name, declared, settings }: ScheduleToCreate): void {
  const { deadLetterQueue, maxEventAge, retryAttempts, role, ...props } = settings;
  const input = scheduleInput(declared);
  new Schedule(target, `Schedule:${name}`, {
    ...props,
    scheduleName: name,
    schedule: ScheduleExpression.expression(
      declared.expression,
      declared.timezone === undefined ? undefined : TimeZone.of(declared.timezone),
    ),
    target: new LambdaInvoke(target, {
      deadLetterQueue,
      maxEventAge,
      retryAttempts,
      role,
      ...(input !== undefined && { input: ScheduleTargetInput.fromText(input) }),
    }),
  });
}

/**
 * Returns the name of a declared schedule in AWS: a `*` at the end of a declared name is the name of the stack.
 *
 * @throws BootstrapError for a name that is too long then.
 */
export function nameInStack(target: Function, subscription: Subscription): string {
  const name = subscription.name!.replace('*', Stack.of(target).stackName);
  if (name.length <= 64) return name;
  throw new BootstrapError(
    `The schedule of ${labelOf(subscription)} would be called "${name}", which is longer than the 64 characters that ` +
      'AWS allows. Shorten its name in the decorator.',
  );
}

/** Returns the properties of a rule. Settings for failures belong to its target. */
export function ruleProps(
  target: Function,
  { deadLetterQueue, maxEventAge, retryAttempts, ...rule }: Partial<RuleSettings<never>>,
): RuleProps {
  return { ...rule, targets: [new LambdaFunction(target, { deadLetterQueue, maxEventAge, retryAttempts })] };
}
