import { BootstrapError } from 'lambent';

/** Whether this is a function on Lambda, where variables have no defaults. */
function onLambda(): boolean {
  return isSet('AWS_LAMBDA_FUNCTION_NAME');
}

/** Whether to start an embedded DynamoDB: on a developer's machine, unless the environment names one. */
export function needsEmbeddedDatabase(): boolean {
  return !onLambda() && !isSet('AWS_ENDPOINT_URL_DYNAMODB') && !isSet('AWS_ENDPOINT_URL');
}

/** Whether to start an embedded SQS, by the same rule. */
export function needsEmbeddedQueues(): boolean {
  return !onLambda() && !isSet('SHIPMENTS_QUEUE_URL') && !isSet('AWS_ENDPOINT_URL_SQS') && !isSet('AWS_ENDPOINT_URL');
}

/**
 * Returns an environment variable.
 *
 * @param locally The default on a developer's machine. Without a default, the variable is required there, too.
 * @throws BootstrapError when it is missing.
 */
export function variable(name: string, locally?: string): string {
  const value = process.env[name];
  if (value) return value;
  if (locally !== undefined && !onLambda()) return locally;
  throw new BootstrapError(
    `${name} is not set: add it to the environment variables${onLambda() ? ' of the function' : ''}.`,
  );
}

function isSet(name: string): boolean {
  return Boolean(process.env[name]);
}
