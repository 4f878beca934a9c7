import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ObjectStore } from '../../src/local/buckets/object-store.js';
import { handleS3Request, type S3Response } from '../../src/local/buckets/s3-api.js';

/** An error of S3, or a redirect. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly location?: string;
}

/**
 * What goes wrong with a request: an error of S3, no answer, a body that breaks off, one that stalls, or one with
 * another byte than its checksum is of.
 */
export type Fault = Refusal | 'never' | 'cut' | 'stall' | 'corrupt';

/** A server that speaks the protocol of S3, as the emulator does, and may fail. */
export interface S3Wire {
  readonly endpoint: string;
  readonly store: ObjectStore;
  /** Such as `PUT /payloads/orders/…`. */
  readonly requests: string[];
  /** What goes wrong with the next requests. */
  readonly faults: Fault[];
  /** Called with each request, before it is answered. */
  onRequest: () => void;
  close(): Promise<void>;
}

export async function startS3(): Promise<S3Wire> {
  const store = new ObjectStore();
  const requests: string[] = [];
  const faults: Fault[] = [];
  store.create('payloads');
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url!.replace(/\?.*/, '')}`);
    wire.onRequest();
    const fault = faults.shift();
    void handleS3Request(request, store).then((answer) => respond(response, answer, fault));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire: S3Wire = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    store,
    requests,
    faults,
    onRequest: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}

function respond(response: ServerResponse, answer: S3Response, fault: Fault | undefined): void {
  const { status, headers, body = '' } = answer;
  if (fault === 'never') return;
  if (typeof fault === 'object') {
    const { location } = fault;
    response.writeHead(fault.status, { 'content-type': 'application/xml', ...(location && { location }) });
    response.end(`<Error><Code>${fault.code}</Code><Message>no</Message></Error>`);
    return;
  }
  response.writeHead(status, headers);
  if (fault === undefined) response.end(body);
  else if (fault === 'corrupt') response.end(Buffer.from(body).fill('#', 0, 1));
  else {
    response.write(Buffer.from(body).subarray(0, 10));
    if (fault === 'cut') setImmediate(() => response.destroy());
  }
}
