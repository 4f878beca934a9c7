import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';

const processor = new BatchProcessor(EventType.SQS);
let taken = 0;

/** A consumer of a queue. */
export async function consume() {
  return (event, context) => processPartialResponse(event, take, processor, { context });
}

async function take({ body }) {
  taken += JSON.parse(body).quantity;
}
