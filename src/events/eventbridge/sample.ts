import { randomUUID } from 'node:crypto';
import type { EventBridgeEvent } from 'aws-lambda';

export interface EventBridgeSample {
  /** `com.example.shop` unless given. */
  source?: string;
  /** `Order Placed` unless given. */
  detailType?: string;
  detail?: unknown;
  /** ARNs of what the event is about. */
  resources?: readonly string[];
}

/** An event as a rule of a bus sends it. */
export function sampleEventBridge(sample: EventBridgeSample = {}): EventBridgeEvent<string, unknown> {
  const { source = 'com.example.shop', detailType = 'Order Placed', detail = {}, resources = [] } = sample;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: secondsOf(new Date()),
    region: 'us-east-1',
    resources: [...resources],
    detail,
  };
}

/** EventBridge's form of a time, without milliseconds. */
function secondsOf(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
