import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { describeValue } from '../../errors/describe-value.js';
import { GatewayTimeoutException } from '../../errors/exceptions.js';
import { explain } from '../../errors/explain.js';
import { HttpException } from '../../errors/http-exception.js';
import { isJsonObject } from '../../shared/json-values.js';
import { outgoingValue } from '../../shared/outgoing.js';
import type { PlainObject } from '../../shared/types.js';
import { textAt } from '../reading/malformed-event.js';

/** What came of a custom resource. */
export interface CustomResourceResult {
  /** The same as before unless given; another one on an update lets CloudFormation delete the old resource. */
  physicalResourceId?: string;
  /** What `!GetAtt` reads. */
  data?: Record<string, unknown>;
  /** Keeps `data` out of what CloudFormation shows. */
  noEcho?: boolean;
}

/** The answer to CloudFormation, and its text. */
export interface EncodedResponse {
  readonly response: CloudFormationCustomResourceResponse;
  readonly json: string;
}

/** SUCCESS with what a method returned; FAILED where that is not understood, or can't be sent. */
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

/** FAILED, with the reason that an error says. */
export function failed(
  event: CloudFormationCustomResourceEvent,
  error: unknown,
  physicalId = physicalIdOf(event),
): EncodedResponse {
  const ids = idsOf(event, physicalId);
  for (let reason = reasonOf(error); ; reason = reason.slice(0, reason.length / 2)) {
    const response = { ...ids, Status: 'FAILED' as const, Reason: reason };
    const json = JSON.stringify(response);
    // Characters beyond ASCII are several bytes, and some of it JSON escapes.
    if (Buffer.byteLength(json) <= RESPONSE_LIMIT || reason.length < 2) return { response, json };
  }
}

/**
 * FAILED where nothing was begun: the method was not called. CloudFormation deletes what failed to be created, by the
 * id that it was told; this one says that there is nothing to delete.
 */
export function neverCreated(event: CloudFormationCustomResourceEvent, error: unknown): EncodedResponse {
  return failed(event, error, event.RequestType === 'Create' ? `${NEVER_CREATED}${physicalIdOf(event)}` : undefined);
}

/** Whether a resource is to be deleted that was never begun. */
export function wasNeverCreated(event: CloudFormationCustomResourceEvent): boolean {
  return event.RequestType === 'Delete' && String(event.PhysicalResourceId).startsWith(NEVER_CREATED);
}

const NEVER_CREATED = 'lambent-never-created:';

/** @throws MalformedEventError when the event lacks one of them. */
export function idsOf(event: CloudFormationCustomResourceEvent, PhysicalResourceId = physicalIdOf(event)) {
  return {
    StackId: idAt(event, 'StackId'),
    RequestId: idAt(event, 'RequestId'),
    LogicalResourceId: idAt(event, 'LogicalResourceId'),
    PhysicalResourceId,
  };
}

/** A new resource is named after its request, which is the same when Lambda tries again. */
function physicalIdOf(event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Create'
    ? `${idAt(event, 'LogicalResourceId')}-${idAt(event, 'RequestId')}`
    : idAt(event, 'PhysicalResourceId');
}

function idAt(event: CloudFormationCustomResourceEvent, name: string): string {
  return textAt(event as unknown as PlainObject, name);
}

/** What was made has its name even where the answer about it fails: CloudFormation deletes it by that. */
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

/** @throws TypeError for what is no result: CloudFormation would be told of a success that nobody meant. */
function checked(result: unknown): CustomResourceResult | undefined {
  if (result === undefined || result === null) return undefined;
  const strange = isJsonObject(result) ? Object.keys(result).find((name) => !MEMBERS.has(name)) : '';
  if (strange !== undefined)
    throw new TypeError(
      `A custom resource's method returns nothing or { ${[...MEMBERS].join(', ')} }, not ${isJsonObject(result) ? `"${strange}"` : describeValue(result)}`,
    );
  const { physicalResourceId: id, data, noEcho } = result as Record<keyof CustomResourceResult, unknown>;
  if (id !== undefined && !isPhysicalId(id))
    throw new TypeError('physicalResourceId is a text of 1 to 1024 characters');
  if (data !== undefined && !isJsonObject(data)) throw new TypeError(`data is an object, not ${describeValue(data)}`);
  if (noEcho !== undefined && typeof noEcho !== 'boolean')
    throw new TypeError(`noEcho is true or false, not ${describeValue(noEcho)}`);
  return result as CustomResourceResult;
}

/**
 * @throws Error for what JSON can't hold, and for what CloudFormation passes over, waiting on, because it is too long.
 */
function encoded(response: CloudFormationCustomResourceResponse): EncodedResponse {
  const json = JSON.stringify(response);
  const bytes = Buffer.byteLength(json);
  if (bytes > RESPONSE_LIMIT)
    throw new RangeError(
      `The answer has ${bytes} bytes; CloudFormation takes ${RESPONSE_LIMIT}. Give data less to hold.`,
    );
  return { response, json };
}

const RESPONSE_LIMIT = 4096;

/** What CloudFormation is told of an error: what it says, and nothing of where in the program it was. */
export function reasonOf(error: unknown): string {
  return textOf(error).split('\n    at ', 1)[0]!.slice(0, MAX_LENGTH) || 'It failed without a word of why';
}

const MAX_LENGTH = 1000;

function textOf(error: unknown): string {
  if (error instanceof GatewayTimeoutException && error.detail === 'Gateway Timeout')
    return 'It was not done in the time that the function has';
  if (error instanceof HttpException) return (explain(error) as HttpException).message;
  try {
    return String(error);
  } catch {
    return 'Something was thrown that is no error';
  }
}
