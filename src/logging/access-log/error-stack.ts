import { isError, jsonValue, readMember } from '../writers/loggable-value.js';

const MAX_CAUSES = 5;
/** Separates the stack of an error from that of its cause. */
export const CAUSED_BY = '\nCaused by: ';

/** Describes an unhandled error for the log: its stack and those of its causes, or the value that was thrown. */
export function stackOf(error: unknown): unknown {
  if (!isError(error)) return jsonValue(error) ?? String(error);
  const stacks: string[] = [];
  for (let cause: unknown = error; isError(cause) && stacks.length < MAX_CAUSES; cause = readMember(cause, 'cause')) {
    stacks.push(String(jsonValue(readMember(cause, 'stack')) ?? jsonValue(readMember(cause, 'message'))));
  }
  return stacks.join(CAUSED_BY);
}
