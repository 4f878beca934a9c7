import { BootstrapError } from 'lambent';

/** Whether this is a function on Lambda, where nothing may be guessed. */
function onLambda(): boolean {
  return isSet('AWS_LAMBDA_FUNCTION_NAME');
}

/** Whether DynamoDB has to be brought along: on a developer's machine where nothing says which one to use. */
export function needsEmbeddedDatabase(): boolean {
  return !onLambda() && !isSet('AWS_ENDPOINT_URL_DYNAMODB') && !isSet('AWS_ENDPOINT_URL');
}

/** Whether SQS has to be brought along, likewise. */
export function needsEmbeddedQueues(): boolean {
  return !onLambda() && !isSet('SHIPMENTS_QUEUE_URL') && !isSet('AWS_ENDPOINT_URL_SQS') && !isSet('AWS_ENDPOINT_URL');
}

/**
 * A variable of the environment.
 *
 * @param locally its value on a developer's machine unless it is set; without one it is required there too.
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
