const REFERENCE = /^(?:arn:[^:]*:lambda:[^:]*:[^:]*:function:|\d{12}:function:)?([^:]*)/;

/**
 * The name in what a request to Lambda's API calls a function: its name, its ARN, or its account and name, each with a version
 * behind it or not (the Lambda API reference, "Invoke").
 *
 * @param encoded as the path has it.
 * @returns `undefined` for what can't be decoded.
 */
export function functionName(encoded: string): string | undefined {
  try {
    return REFERENCE.exec(decodeURIComponent(encoded))![1]!;
  } catch {
    return undefined;
  }
}
