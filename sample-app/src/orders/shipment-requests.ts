import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Inject, Injectable } from 'lambent';
import { SHIPMENTS_QUEUE_URL } from '../queues/queue-names.js';

/** Sends requests for shipments to the queue. */
@Injectable()
export class ShipmentRequests {
  constructor(
    private readonly client: SQSClient,
    @Inject(SHIPMENTS_QUEUE_URL) private readonly queueUrl: string,
  ) {}

  async send(orderId: string): Promise<void> {
    await this.client.send(
      new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: JSON.stringify({ orderId }) }),
    );
  }
}
