import { BatchProcessorSync, EventType, processPartialResponseSync } from '@aws-lambda-powertools/batch';

const processor = new BatchProcessorSync(EventType.SQS);
let taken = 0;

/** Consumes a queue with a synchronous function, one record after the other. */
export const handler = async (event, context) => processPartialResponseSync(event, take, processor, { context });

function take({ body }) {
  taken += JSON.parse(body).quantity;
}
