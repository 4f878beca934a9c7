import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { describeValue } from '../../errors/describe-value.js';
import { GatewayTimeoutException } from '../../errors/exceptions.js';
import { explain } from '../../errors/explain.js';
import { HttpException } from '../../errors/http-exception.js';
import { isJsonObject } from '../../shared/json-values.js';
import { outgoingValue } from '../../shared/outgoing-value.js';
import type { PlainObject } from '../../shared/types.js';
import { textAt } from '../reading/malformed-event.js';

/** The result of a custom resource's method. */
export interface CustomResourceResult {
  /** Default: unchanged. With a new one on an update, CloudFormation deletes the old resource. */
  physicalResourceId?: string;
  /** The attributes that `!GetAtt` reads. */
  data?: Record<string, unknown>;
  /** Masks `data` in what CloudFormation shows. */
  noEcho?: boolean;
}

/** A response to CloudFormation, with its JSON. */
export interface EncodedResponse {
  readonly response: CloudFormationCustomResourceResponse;
  readonly json: string;
}

/** Returns SUCCESS with a method's result, or FAILED if the result is not valid or cannot be sent. */
export function succeeded(event: CloudFormationCustomResourceEvent, result: unknown): EncodedResponse {
  const physicalId = physicalIdIn(result, event);
  try {
    const { data, noEcho } = checked(result) ?? {};
    const ids = idsOf(event, physicalId);
    return encoded({
      ...ids,
      Status: 'SUCCESS',
      ...(data && { Data: outgoingValue(data) as typeof data }),
      ...(noEcho && { NoEcho: true }),
    });
  } catch (error) {
    return failed(event, error, physicalId);
  }
}

/** Returns FAILED, with the error's message as its reason. */
export function failed(
  event: CloudFormationCustomResourceEvent,
  error: unknown,
  physicalId = physicalIdOf(event),
): EncodedResponse {
  const ids = idsOf(event, physicalId);
  for (let reason = reasonOf(error); ; reason = reason.slice(0, reason.length / 2)) {
    const response = { ...ids, Status: 'FAILED' as const, Reason: reason };
    const json = JSON.stringify(response);
    // Non-ASCII characters take several bytes, and JSON escapes some others.
    if (Buffer.byteLength(json) <= RESPONSE_LIMIT || reason.length < 2) return { response, json };
  }
}

/**
 * Returns FAILED for a method that was never called. After a failed creation, CloudFormation deletes the resource by
 * the id of the response; this id says that there is nothing to delete.
 */
export function neverCreated(event: CloudFormationCustomResourceEvent, error: unknown): EncodedResponse {
  return failed(event, error, event.RequestType === 'Create' ? `${NEVER_CREATED}${physicalIdOf(event)}` : undefined);
}

/** Whether the event deletes a resource that was never created. */
export function wasNeverCreated(event: CloudFormationCustomResourceEvent): boolean {
  return event.RequestType === 'Delete' && String(event.PhysicalResourceId).startsWith(NEVER_CREATED);
}

const NEVER_CREATED = 'lambent-never-created:';

/** @throws MalformedEventError if the event lacks one of the ids. */
export function idsOf(event: CloudFormationCustomResourceEvent, PhysicalResourceId = physicalIdOf(event)) {
  return {
    StackId: idAt(event, 'StackId'),
    RequestId: idAt(event, 'RequestId'),
    LogicalResourceId: idAt(event, 'LogicalResourceId'),
    PhysicalResourceId,
  };
}

/** A new resource is named after its request, which stays the same when Lambda retries. */
function physicalIdOf(event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Create'
    ? `${idAt(event, 'LogicalResourceId')}-${idAt(event, 'RequestId')}`
    : idAt(event, 'PhysicalResourceId');
}

function idAt(event: CloudFormationCustomResourceEvent, name: string): string {
  return textAt(event as unknown as PlainObject, name);
}

/** Returns the id of what was created even if its response fails, because CloudFormation deletes it by this id. */
export function physicalIdIn(result: unknown, event: CloudFormationCustomResourceEvent): string {
  const id = isJsonObject(result) && event.RequestType !== 'Delete' ? result['physicalResourceId'] : undefined;
  return isPhysicalId(id) ? id : physicalIdOf(event);
}

function isPhysicalId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && id.length <= 1024;
}

const MEMBERS: ReadonlySet<string> = new Set([
  'physicalResourceId',
  'data',
  'noEcho',
] satisfies (keyof CustomResourceResult)[]);

/** @throws TypeError unless it is a valid result: CloudFormation would see a success that nobody meant. */
function checked(result: unknown): CustomResourceResult | undefined {
  if (result === undefined || result === null) return undefined;
  const strange = isJsonObject(result) ? Object.keys(result).find((name) => !MEMBERS.has(name)) : '';
  if (strange !== undefined) {
    const given = isJsonObject(result) ? `"${strange}"` : describeValue(result);
    throw new TypeError(
      `The method of a custom resource must return nothing or { ${[...MEMBERS].join(', ')} }, not ${given}`,
    );
  }
  const { physicalResourceId: id, data, noEcho } = result as Record<keyof CustomResourceResult, unknown>;
  if (id !== undefined && !isPhysicalId(id))
    throw new TypeError('physicalResourceId must be a string of 1 to 1024 characters');
  if (data !== undefined && !isJsonObject(data))
    throw new TypeError(`data must be an object, not ${describeValue(data)}`);
  if (noEcho !== undefined && typeof noEcho !== 'boolean')
    throw new TypeError(`noEcho must be true or false, not ${describeValue(noEcho)}`);
  return result as CustomResourceResult;
}

/**
 * @throws Error if JSON cannot hold the response, or if it is too long: CloudFormation would ignore it and keep
 *   waiting.
 */
function encoded(response: CloudFormationCustomResourceResponse): EncodedResponse {
  const json = JSON.stringify(response);
  const bytes = Buffer.byteLength(json);
  if (bytes > RESPONSE_LIMIT)
    throw new RangeError(
      `The response has ${bytes} bytes, but CloudFormation accepts only ${RESPONSE_LIMIT}. Put less into data.`,
    );
  return { response, json };
}

/** In bytes. */
const RESPONSE_LIMIT = 4096;

/** Returns what CloudFormation is told about an error: its message, without the stack. */
export function reasonOf(error: unknown): string {
  return textOf(error).split('\n    at ', 1)[0]!.slice(0, MAX_LENGTH) || 'It failed without an error message';
}

const MAX_LENGTH = 1000;

function textOf(error: unknown): string {
  if (error instanceof GatewayTimeoutException && error.detail === 'Gateway Timeout')
    return 'It did not finish before the function timed out';
  if (error instanceof HttpException) return (explain(error) as HttpException).message;
  try {
    return String(error);
  } catch {
    return 'It threw a value that is not an error';
  }
}
