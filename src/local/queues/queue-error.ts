/** An error that SQS returns (its API reference, "Common errors" and the errors of each action). */
export class QueueError extends Error {
  /**
   * @param type The error's shape in the JSON protocol.
   * @param code The error's name in the older query protocol, which clients still use to tell errors apart.
   */
  constructor(
    readonly type: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An error of SQS's own model, such as `EmptyBatchRequest`. */
export function sqsError(name: string, message: string): QueueError {
  return new QueueError(`com.amazonaws.sqs#${name}`, `AWS.SimpleQueueService.${name}`, message);
}

/** @param known The names of the existing queues. */
export function queueDoesNotExist(name: string, known: readonly string[]): QueueError {
  const list = known.length === 0 ? 'none' : known.join(', ');
  const message = `The specified queue does not exist: there is no queue "${name}", the queues are: ${list}.`;
  return new QueueError('com.amazonaws.sqs#QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', message);
}

export function invalidParameter(message: string): QueueError {
  return new QueueError('com.amazon.coral.service#InvalidParameterValueException', 'InvalidParameterValue', message);
}

export function missingParameter(name: string): QueueError {
  const message = `The request must contain the parameter ${name}.`;
  return new QueueError('com.amazon.coral.service#MissingRequiredParameterException', 'MissingParameter', message);
}

export function unknownAction(action: string, known: readonly string[]): QueueError {
  const message =
    `The action ${action} is not supported, only ${known.join(', ')}. ` +
    'Messages are delivered to the handler and cannot be received.';
  return new QueueError('com.amazon.coral.service#UnknownOperationException', 'InvalidAction', message);
}
