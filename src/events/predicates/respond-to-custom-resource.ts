import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import type { MaybePromise } from '../../shared/types.js';
import type { PlainObject } from '../../shared/types.js';
import { malformed } from '../malformed-event.js';
import { textAt } from '../place.js';
import { putJson } from './put-json.js';

/** What came of a custom resource. */
export interface CustomResourceResult {
  /** The same as before unless given; another one on an update lets CloudFormation delete the old resource. */
  physicalResourceId?: string;
  /** What `!GetAtt` reads. */
  data?: Record<string, unknown>;
  /** Keeps `data` out of what CloudFormation shows. */
  noEcho?: boolean;
}

/**
 * Does the work and answers CloudFormation: with its result, or with FAILED and the error. Without an answer the
 * stack would wait for an hour.
 *
 * @returns The answer that was sent. An error of the work is in its `Reason` and is not thrown: Lambda would try the
 * invocation again, after CloudFormation has gone on.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 * @throws Error when the answer can't be delivered, so that Lambda tries the invocation again.
 * @throws MalformedEventError when the event doesn't tell where the answer goes, or what it is about; nothing is done then.
 */
export async function respondToCustomResource(
  event: CloudFormationCustomResourceEvent,
  work: () => MaybePromise<CustomResourceResult | undefined | void>,
): Promise<CloudFormationCustomResourceResponse> {
  const { ResponseURL: url } = event;
  if (!URL.canParse(url)) throw malformed('ResponseURL', url, 'a URL');
  const response = fitting(await responseTo(event, work));
  await putJson(url, response);
  return response;
}

async function responseTo(
  event: CloudFormationCustomResourceEvent,
  work: () => MaybePromise<CustomResourceResult | undefined | void>,
): Promise<CloudFormationCustomResourceResponse> {
  const ids = idsOf(event);
  try {
    const { physicalResourceId, data, noEcho } = (await work()) ?? {};
    return {
      ...ids,
      ...(physicalResourceId !== undefined && { PhysicalResourceId: physicalResourceId }),
      Status: 'SUCCESS',
      ...(data && { Data: data }),
      ...(noEcho && { NoEcho: true }),
    };
  } catch (error) {
    return failed(ids, String(error));
  }
}

function idsOf(event: CloudFormationCustomResourceEvent): ResponseIds {
  const members = event as unknown as PlainObject;
  const text = (name: string) => textAt(members, name);
  return { StackId: text('StackId'), RequestId: text('RequestId'), LogicalResourceId: text('LogicalResourceId'), PhysicalResourceId: physicalIdOf(event) };
}

/** A new resource is named after its request, which is the same when Lambda tries again. */
function physicalIdOf(event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Create' ? `${event.LogicalResourceId}-${event.RequestId}` : textAt(event as unknown as PlainObject, 'PhysicalResourceId');
}

type ResponseIds = Omit<CloudFormationCustomResourceResponse, 'Status' | 'Reason' | 'Data' | 'NoEcho'>;

function failed(ids: ResponseIds, reason: string): CloudFormationCustomResourceResponse {
  return { ...ids, Status: 'FAILED', Reason: reason.slice(0, 1000) };
}

/** CloudFormation passes over an answer that is too long, and waits on. */
function fitting(response: CloudFormationCustomResourceResponse): CloudFormationCustomResourceResponse {
  const bytes = Buffer.byteLength(JSON.stringify(response));
  if (bytes <= RESPONSE_LIMIT) return response;
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = response;
  const ids = { StackId, RequestId, LogicalResourceId, PhysicalResourceId };
  return failed(ids, `The answer has ${bytes} bytes; CloudFormation takes ${RESPONSE_LIMIT}. Give data less to hold.`);
}

const RESPONSE_LIMIT = 4096;
