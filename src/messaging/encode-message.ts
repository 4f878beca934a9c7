import type { StandardSchema } from '../contracts/standard-schema.js';
import { HttpException, Refusal } from '../errors/http-exception.js';
import type { ValidationDetail } from '../errors/validation-detail.js';
import { ValidationException } from '../errors/validation-exception.js';
import { type JsonCodec, parseJson } from '../http/message/json.js';
import { outgoingValue } from '../shared/outgoing-value.js';
import type { Constructor } from '../shared/types.js';
import type { RefusingReader } from '../validation/input-reader.js';
import { escapeUnsendable } from './sendable-text.js';

/** The check of messages: a DTO class, or a Standard Schema such as one of zod. */
export type MessageType = Constructor | StandardSchema;

/** A message as text, or what is wrong with it. */
export type EncodedMessage = { readonly body: string } | { readonly details: readonly ValidationDetail[] };

/**
 * Writes a message as JSON, and checks the text by the reader that a consumer would read it with. So what passes here
 * is what a consumer with the same class accepts, whatever instances and dates become in JSON.
 */
export async function encodeMessage(message: unknown, read: RefusingReader, json: JsonCodec): Promise<EncodedMessage> {
  const text = json.stringify(outgoingValue(message)) as string | undefined;
  if (text === undefined) return { details: [problem('the message is nothing that JSON can represent')] };
  const body = escapeUnsendable(text);
  try {
    const value = await read(parseJson(body, json));
    return value instanceof Refusal ? { details: detailsOf(value.error) } : { body };
  } catch (error) {
    // What a caller would be told belongs to the message here.
    if (error instanceof HttpException) return { details: detailsOf(error) };
    throw error;
  }
}

function detailsOf(error: HttpException): readonly ValidationDetail[] {
  return error instanceof ValidationException ? error.detail : [problem(error.message)];
}

/** Returns what is wrong with a message as a whole. */
export function problem(msg: string, type = 'message'): ValidationDetail {
  return { loc: ['body'], msg, type };
}
