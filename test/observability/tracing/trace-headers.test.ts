import { defaultTextMapGetter, isSpanContextValid, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import fc from 'fast-check';
import { readTraceparent, readXRayHeader, type RemoteSpan } from '../../../src/observability/tracing/trace-headers.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

/** What OpenTelemetry's own propagator makes of a header. */
function extracted(propagator: W3CTraceContextPropagator | AWSXRayPropagator, carrier: object): RemoteSpan | undefined {
  const found = trace.getSpanContext(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter));
  if (!found || !isSpanContextValid(found)) return undefined;
  return { traceId: found.traceId, spanId: found.spanId, traceFlags: found.traceFlags & 1 ? 1 : 0 };
}

const hex = (length: number) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length }),
    },
    fc.constant('0'.repeat(length)),
    fc.string({ maxLength: length + 2 }).filter((text) => !/[-;=\s]/.test(text)),
  );

describe('the W3C header', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, 1],
    [`00-${TRACE}-${SPAN}-00`, 0],
    [`00-${TRACE}-${SPAN}-03`, 1],
    [`cc-${TRACE}-${SPAN}-01-more`, 1],
  ])('%s is read', (header, traceFlags) => {
    expect(readTraceparent(header)).toEqual({ traceId: TRACE, spanId: SPAN, traceFlags, traceState: undefined });
  });

  it.each([
    undefined,
    7,
    '',
    'hello',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01${' '.repeat(1000)}`,
  ])('%p is none', (header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });

  it("is read as OpenTelemetry's propagator reads it", () => {
    const header = fc.tuple(fc.oneof(fc.constantFrom('00', 'ff', '01'), hex(2)), hex(32), hex(16), hex(2));
    fc.assert(
      fc.property(header, (parts) => {
        const traceparent = parts.join('-');
        const theirs = extracted(new W3CTraceContextPropagator(), { traceparent });
        expect(readTraceparent(traceparent)).toEqual(theirs && { ...theirs, traceState: undefined });
      }),
    );
  });
});

describe("X-Ray's header", () => {
  it.each([
    [`Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`, 1],
    [
      `Self=1-67891234-12456789abcdef012345678;Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0`,
      0,
    ],
    [`Root=1-5759e988-bd862e3fe1be46a994272793; Parent=53995c3f42cd8ad8; Lineage=a:1|b:2`, 0],
  ])('%s is read', (header, traceFlags) => {
    expect(readXRayHeader(header)).toEqual({
      traceId: '5759e988bd862e3fe1be46a994272793',
      spanId: '53995c3f42cd8ad8',
      traceFlags,
      traceState: undefined,
    });
  });

  it.each([
    undefined,
    '',
    'Root=1-5759e988-bd862e3fe1be46a994272793',
    'Root=2-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    'Root=1-5759e988bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=x;Sampled=1',
  ])('%p is none', (header) => {
    expect(readXRayHeader(header)).toBeUndefined();
  });

  it("is read as OpenTelemetry's propagator reads it", () => {
    const header = fc.tuple(hex(8), hex(24), hex(16), fc.constantFrom('0', '1'));
    fc.assert(
      fc.property(header, ([time, unique, parent, sampled]) => {
        const text = `Root=1-${time}-${unique};Parent=${parent};Sampled=${sampled}`;
        const theirs = extracted(new AWSXRayPropagator(), { 'x-amzn-trace-id': text });
        expect(readXRayHeader(text)).toEqual(theirs && { ...theirs, traceState: undefined });
      }),
    );
  });
});
