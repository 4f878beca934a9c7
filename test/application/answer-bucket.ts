import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceResponse } from 'aws-lambda';

/** Where answers to CloudFormation are put, in the place of its bucket. */
export class AnswerBucket {
  readonly requests: IncomingMessage[] = [];
  readonly answers: CloudFormationCustomResourceResponse[] = [];
  /** The statuses of the next requests; 200 where there is none. */
  readonly statuses: number[] = [];
  readonly #server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const status = this.statuses.shift() ?? 200;
      this.requests.push(request);
      if (status < 300) this.answers.push(JSON.parse(body) as CloudFormationCustomResourceResponse);
      response.writeHead(status).end();
    });
  });

  open(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  close(): Promise<unknown> {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/answer?Signature=a%2Bb`;
  }
}
