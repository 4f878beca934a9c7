import { HttpException } from '../errors/http-exception.js';
import { isError, jsonValue, readMember } from './json-value.js';

const MAX_CAUSES = 5;

/** What the log says of an error that nobody handled: its stack and those of its causes, or the value that was thrown. */
export function stackOf(error: unknown): unknown {
  if (!isError(error)) return jsonValue(error) ?? String(error);
  const stacks: string[] = [];
  for (let cause: unknown = error; isError(cause) && stacks.length < MAX_CAUSES; cause = readMember(cause, 'cause')) {
    stacks.push(String(jsonValue(readMember(cause, 'stack')) ?? jsonValue(readMember(cause, 'message'))));
  }
  return stacks.join('\nCaused by: ');
}

/** What an exception has for the log only, `undefined` where it has nothing: its detail, else what caused a status from 500 on. */
export function errorDetailOf(error: unknown): unknown {
  if (!(error instanceof HttpException)) return undefined;
  const { errorDetail, cause, statusCode } = error;
  return errorDetail ?? (cause !== undefined && statusCode >= 500 ? stackOf(cause) : undefined);
}
