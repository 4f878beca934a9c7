import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';

const processor = new BatchProcessor(EventType.SQS);
let taken = 0;

/** Consumes a queue with an asynchronous function, all records of a batch at once. */
export const handler = (event, context) => processPartialResponse(event, take, processor, { context });

async function take({ body }) {
  taken += JSON.parse(body).quantity;
}
