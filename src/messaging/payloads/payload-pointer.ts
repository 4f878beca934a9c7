// The format of the Amazon SQS and SNS Extended Client Libraries: a pointer instead of the message, and an attribute
// with the size of the payload, which marks such messages.

import { asJsonObject, asList, asString, jsonIn } from '../../shared/json-values.js';
import { PayloadError } from './payload-error.js';

/** The place of a payload. */
export interface PayloadPointer {
  /** The name of the bucket in AWS. */
  readonly bucket: string;
  readonly key: string;
}

/** The message attribute with the bytes of the payload. */
export const SIZE_ATTRIBUTE = 'ExtendedPayloadSize';

/** All attributes that mark a message as a pointer; the second one is that of version 1 of the libraries. */
export const SIZE_ATTRIBUTES: readonly string[] = [SIZE_ATTRIBUTE, 'SQSLargePayloadSize'];

const POINTER_CLASS = 'software.amazon.payloadoffloading.PayloadS3Pointer';
const POINTER_CLASSES: readonly unknown[] = [POINTER_CLASS, 'com.amazon.sqs.javamessaging.MessageS3Pointer'];

export function writePointer({ bucket, key }: PayloadPointer): string {
  return JSON.stringify([POINTER_CLASS, { s3BucketName: bucket, s3Key: key }]);
}

/** Whether the attributes of a record say that its payload is elsewhere. @param raw As AWS sent it. */
export function isPointer(raw: unknown): boolean {
  const { messageAttributes, Sns } = asJsonObject(raw);
  const attributes = asJsonObject(messageAttributes ?? asJsonObject(Sns)['MessageAttributes']);
  return SIZE_ATTRIBUTES.some((name) => Object.hasOwn(attributes, name));
}

/** @throws PayloadError for anything else. */
export function readPointer(content: unknown): PayloadPointer {
  const [type, place] = asList(jsonIn(String(content)));
  const { s3BucketName, s3Key } = asJsonObject(place);
  const [bucket, key] = [asString(s3BucketName), asString(s3Key)];
  if (POINTER_CLASSES.includes(type) && bucket && key) return { bucket, key };
  throw new PayloadError(
    `The message has the attribute ${SIZE_ATTRIBUTE}, but is not a pointer to a payload, as in ` +
      `["${POINTER_CLASS}",{"s3BucketName":"…","s3Key":"…"}].`,
  );
}
