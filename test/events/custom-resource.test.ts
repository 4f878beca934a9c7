import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { respondToCustomResource } from '../../src/events/custom-resource.js';

describe('respondToCustomResource', () => {
  let server: Server;
  let received: { request: IncomingMessage; body: string }[];
  let status: number;

  beforeEach(async () => {
    received = [];
    status = 200;
    server = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ request, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  function eventOf(change: object = {}): CloudFormationCustomResourceEvent {
    return {
      RequestType: 'Create',
      ServiceToken: 'arn:aws:lambda:us-east-1:1:function:f',
      ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?Signature=a%2Bb`,
      StackId: 'arn:aws:cloudformation:us-east-1:1:stack/shop/1',
      RequestId: 'r1',
      ResourceType: 'Custom::Index',
      LogicalResourceId: 'Index',
      ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-east-1:1:function:f' },
      ...change,
    } as CloudFormationCustomResourceEvent;
  }

  const ids = {
    StackId: 'arn:aws:cloudformation:us-east-1:1:stack/shop/1',
    RequestId: 'r1',
    LogicalResourceId: 'Index',
  };
  const answers = () => received.map(({ body }) => JSON.parse(body) as unknown);

  it('puts the result at the URL, without a content type, which the signature would have to hold', async () => {
    const sent = await respondToCustomResource(eventOf(), async () => ({
      physicalResourceId: 'index-1',
      data: { Arn: 'arn:é' },
      noEcho: true,
    }));
    expect(answers()).toEqual([
      { ...ids, PhysicalResourceId: 'index-1', Status: 'SUCCESS', Data: { Arn: 'arn:é' }, NoEcho: true },
    ]);
    expect(sent).toEqual(answers()[0]);
    const { method, url, headers } = received[0]!.request;
    expect([method, url, headers['content-type']]).toEqual(['PUT', '/answer?Signature=a%2Bb', '']);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(received[0]!.body)));
  });

  it('names a new resource after its request, and keeps the name of an old one', async () => {
    await respondToCustomResource(eventOf(), () => undefined);
    await respondToCustomResource(eventOf({ RequestType: 'Delete', PhysicalResourceId: 'index-1' }), () => {});
    expect(answers()).toMatchObject([
      { PhysicalResourceId: 'Index-r1' },
      { PhysicalResourceId: 'index-1', Status: 'SUCCESS' },
    ]);
  });

  it.each([
    ['an error', new RangeError('no quota'), 'RangeError: no quota'],
    ['text', 'no quota', 'no quota'],
    ['nothing', undefined, 'undefined'],
  ])('tells CloudFormation of %s that was thrown', async (_, thrown, Reason) => {
    const event = eventOf({ RequestType: 'Update', PhysicalResourceId: 'index-1' });
    await expect(respondToCustomResource(event, () => Promise.reject(thrown))).resolves.toMatchObject({
      Status: 'FAILED',
      Reason,
    });
    expect(answers()).toEqual([{ ...ids, PhysicalResourceId: 'index-1', Status: 'FAILED', Reason }]);
  });

  it('fails a result that CloudFormation would pass over for its length', async () => {
    await respondToCustomResource(eventOf(), () => ({
      physicalResourceId: 'index-1',
      data: { text: 'x'.repeat(4096) },
    }));
    expect(answers()).toMatchObject([
      {
        Status: 'FAILED',
        PhysicalResourceId: 'index-1',
        Reason: expect.stringContaining('CloudFormation accepts only 4096') as string,
      },
    ]);
  });

  it('shortens a long reason', async () => {
    await respondToCustomResource(eventOf(), () => Promise.reject(new Error('x'.repeat(10_000))));
    expect((answers()[0] as { Reason: string }).Reason).toHaveLength(1000);
  });

  it('throws when the response is refused', async () => {
    status = 403;
    await expect(respondToCustomResource(eventOf(), () => undefined)).rejects.toThrow(
      'The response URL responded with status 403',
    );
  });

  it('throws when the URL cannot be reached', async () => {
    const event = eventOf();
    await new Promise((resolve) => server.close(resolve));
    await expect(respondToCustomResource(event, () => undefined)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
});
