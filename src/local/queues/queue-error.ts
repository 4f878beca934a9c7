/** What SQS answers to a request that it refuses (its API reference, "Common errors" and each action's). */
export class QueueError extends Error {
  /**
   * @param type the shape of the error in the JSON protocol.
   * @param code its name in the older query protocol, which clients still tell errors by.
   */
  constructor(
    readonly type: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An error that SQS's own model has, such as `EmptyBatchRequest`. */
export function sqsError(name: string, message: string): QueueError {
  return new QueueError(`com.amazonaws.sqs#${name}`, `AWS.SimpleQueueService.${name}`, message);
}

/** @param known names of the queues that there are. */
export function queueDoesNotExist(name: string, known: readonly string[]): QueueError {
  const there = known.length === 0 ? 'none' : known.join(', ');
  const message = `The specified queue does not exist: there is no queue "${name}", the queues are: ${there}.`;
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
  const message = `The action ${action} is not known here, only ${known.join(', ')}. Messages go to the handler and can't be received.`;
  return new QueueError('com.amazon.coral.service#UnknownOperationException', 'InvalidAction', message);
}
