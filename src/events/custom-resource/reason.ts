import { explain } from '../../errors/explain.js';
import { GatewayTimeoutException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';

/** What CloudFormation is told of an error: what it says, and nothing of where in the program it was. */
export function reasonOf(error: unknown): string {
  return textOf(error).split('\n    at ', 1)[0]!.slice(0, MAX_LENGTH) || 'It failed without a word of why';
}

const MAX_LENGTH = 1000;

function textOf(error: unknown): string {
  if (error instanceof GatewayTimeoutException && error.detail === 'Gateway Timeout') return 'It was not done in the time that the function has';
  if (error instanceof HttpException) return (explain(error) as HttpException).message;
  try {
    return String(error);
  } catch {
    return 'Something was thrown that is no error';
  }
}
