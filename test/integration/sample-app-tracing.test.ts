import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SpanKind } from '@opentelemetry/api';
import { repository } from '../package/manifest.js';

/**
 * Places an order, and returns what the process printed. In a process of its own: the exporter of OTLP loads its HTTP
 * client by `import()`, which Jest doesn't have.
 */
async function place(variables: Readonly<Record<string, string>>): Promise<string> {
  const files = ['test/application/child/run.cjs', 'test/integration/child/traced-sample-app.ts'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    files.map((file) => join(repository, file)),
    { timeout: 300_000, env: { ...process.env, ...variables } },
  );
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('status 201');
  return stdout;
}

/** The lines of the log that are neither informative nor metrics. */
function complaints(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => /"level":"(?:warning|error|critical)"/.test(line))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
}
interface Exported {
  readonly resourceSpans: readonly [
    {
      readonly resource: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] };
      readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
    },
  ];
}

/** A collector: what is sent to it, by OpenTelemetry's protocol (OTLP over HTTP, as JSON). */
async function collecting(during: (endpoint: string) => Promise<unknown>): Promise<[path: string, Exported][]> {
  const received: [string, Exported][] = [];
  const collector = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push([request.url!, JSON.parse(body) as Exported]);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  try {
    await during(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  } finally {
    collector.closeAllConnections();
    await new Promise((resolve) => collector.close(resolve));
  }
  return received;
}

test('the sample app traces nothing, and warns of nothing, unless it is asked to', async () => {
  const stdout = await place({});
  expect(complaints(stdout)).toEqual([]);
  expect(stdout).not.toContain('traceId');
});

test('the sample app sends its spans to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names', async () => {
  let stdout = '';
  const received = await collecting(async (OTEL_EXPORTER_OTLP_ENDPOINT) => {
    stdout = await place({ OTEL_EXPORTER_OTLP_ENDPOINT });
  });
  expect(received.map(([path]) => path)).toEqual(['/v1/traces']);
  const [{ resource, scopeSpans }] = received[0]![1].resourceSpans;
  expect(resource.attributes).toContainEqual({ key: 'service.name', value: { stringValue: 'orders' } });
  const spans = scopeSpans.flatMap(({ spans: some }) => some);
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['POST /orders', 'OrdersController.create', expect.stringMatching(/^DynamoDB\//)]),
  );
  const request = spans.find(({ name }) => name === 'POST /orders')!;
  // OTLP counts kinds from 1.
  expect(request.kind).toBe(SpanKind.SERVER + 1);
  expect(spans.filter(({ traceId }) => traceId === request.traceId).length).toBeGreaterThan(2);
  expect(complaints(stdout)).toEqual([]);
});

test('the sample app prints its spans where OTEL_TRACES_EXPORTER is console', async () => {
  expect(await place({ OTEL_TRACES_EXPORTER: 'console' })).toContain("name: 'POST /orders'");
});

test('the sample app leaves the SDK to a layer', async () => {
  const received = await collecting((OTEL_EXPORTER_OTLP_ENDPOINT) =>
    place({ OTEL_EXPORTER_OTLP_ENDPOINT, AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' }),
  );
  expect(received).toEqual([]);
});

test('a collector that is down fails no order, and is told of in one line', async () => {
  const stdout = await place({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
  expect(complaints(stdout)).toEqual([
    expect.objectContaining({ message: 'Spans could not be exported', error: expect.stringMatching(/^[^\n]+$/) }),
  ]);
  expect(stdout).not.toContain('at Timeout');
});
