import type { SourceRecord } from '../contracts/event-adapter.js';
import { contentOf, textOf } from '../contracts/record-content.js';
import { BadRequestException } from '../errors/exceptions.js';
import { HttpException } from '../errors/http-exception.js';
import { type JsonCodec, jsonProblem, parseJson } from '../http/message/json.js';
import type { ParameterKind } from '../metadata/class-metadata.js';
import type { RefusingReader } from '../validation/input-reader.js';
import type { ArgumentPlan } from './argument-plan.js';
import { bodyChecker, memberOf } from './body-argument.js';
import { type ArgumentReader, type ArgumentSource, INVOCATION_SOURCES, type ReaderOf } from './compile-argument.js';

const SOURCES: { readonly [K in ParameterKind]?: ReaderOf } = {
  ...INVOCATION_SOURCES,
  record:
    () =>
    ({ record }) =>
      record.raw,
  requestId:
    () =>
    ({ record, lambdaContext }) =>
      record.id || lambdaContext.awsRequestId,
};

/** Finds the values of parameters in records. */
export function recordArgument(json: JsonCodec): ArgumentSource {
  return {
    isAbsent: ({ record }, plan) => lacks(record, plan),
    read(plan, _options, convert) {
      if (plan.kind === 'body') return recordBody(plan, json, convert ? bodyChecker(plan)?.json : undefined);
      // Every other kind was refused when the method was planned.
      return SOURCES[plan.kind]!(plan);
    },
  };
}

function recordBody(plan: ArgumentPlan, json: JsonCodec, check: RefusingReader | undefined): ArgumentReader {
  const read = contentReader(plan, json);
  const convert = check ?? ((value: unknown) => value);
  if (!plan.readers) return ({ record }) => convert(read(record));
  return ({ record }) => {
    const value = read(record);
    return isNothing(value) && lacks(record, plan) ? undefined : convert(value);
  };
}

/**
 * Whether the source leaves the value out, as in a Kafka tombstone. Then it is not required: at run time, a parameter
 * declared with `?` looks like any other.
 */
function lacks(record: SourceRecord, { kind, key }: ArgumentPlan): boolean {
  const { mayLack } = record;
  if (!mayLack || kind !== 'body') return false;
  return (key !== undefined && mayLack.includes(key)) || (mayLack.includes('') && isNothing(record.content()));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function contentReader({ type, key }: ArgumentPlan, json: JsonCodec): (record: SourceRecord) => unknown {
  if (key !== undefined) return (record) => memberOf(dataOf(contentOf(record), json), key);
  if (type === String) return (record) => textOf(contentOf(record));
  if (type === Buffer || type === Uint8Array) return (record) => bytesOf(contentOf(record));
  const isOpen = type === Object || type === undefined;
  return (record) => dataOf(contentOf(record), json, isOpen);
}

/** Returns the text of content that may be any bytes. */
function openTextOf(content: unknown): unknown {
  try {
    return textOf(content);
  } catch {
    return content;
  }
}

function bytesOf(content: unknown): unknown {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/**
 * Parses JSON.
 *
 * @param isOpen Whether the parameter declares no type, so that it gets text or bytes that are not JSON as they are.
 * @throws BadRequestException for other text that is not JSON.
 */
function dataOf(content: unknown, json: JsonCodec, isOpen = false): unknown {
  const text = isOpen ? openTextOf(content) : textOf(content);
  if (typeof text !== 'string') return content;
  try {
    return parseJson(text, json);
  } catch (error) {
    if (error instanceof HttpException) throw error;
    if (isOpen) return content;
    throw new BadRequestException('The content of the record is not valid JSON', {
      errorDetail: jsonProblem(error, text),
    });
  }
}
