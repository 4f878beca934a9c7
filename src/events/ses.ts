import type { SESEvent } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { asJsonObject, isJsonObject } from '../shared/json-values.js';
import { directInvocation } from './direct-invocation.js';
import { recordService } from './reading/decode-records.js';
import { soleResult } from './results/batch-item-failures.js';

/**
 * For `@OnEvent`: matches a mail that SES received. Invoked as `RequestResponse`, SES expects a result such as
 * `{ disposition: 'STOP_RULE' }`.
 */
export function isSes(event: unknown): event is SESEvent {
  return isJsonObject(event) && recordService(event) === 'aws:ses';
}

/** Mails received by SES. */
export const ses: RecordAdapter<SESEvent> = {
  ...directInvocation,
  detect: isSes,
  encode: encodeSes,
};

/**
 * Returns the disposition, if the rule waits for it. Without a result, the rule continues, as it does by default.
 *
 * @throws TypeError for anything else: a mail that should be stopped would get through.
 * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
 */
function encodeSes(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: SESEvent): unknown {
  const value = soleResult(outcomes);
  if (!isAwaited(event)) return value;
  const result = value ?? { disposition: 'CONTINUE' };
  if (isJsonObject(result) && DISPOSITIONS.has(result['disposition'])) return result;
  throw new TypeError(
    `For an SES rule that waits, return nothing or { disposition: '${[...DISPOSITIONS].join("' | '")}' }, ` +
      `not ${describeValue(value)}`,
  );
}

/** Whether the rule waits for the result. */
function isAwaited({ Records: records }: SESEvent): boolean {
  return records.some(
    (record) =>
      asJsonObject(asJsonObject(asJsonObject(asJsonObject(record)['ses'])['receipt'])['action'])['invocationType'] ===
      'RequestResponse',
  );
}

const DISPOSITIONS: ReadonlySet<unknown> = new Set(['CONTINUE', 'STOP_RULE', 'STOP_RULE_SET']);
