import type { SESEvent } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../contracts/event-adapter.js';
import { describeValue } from '../errors/describe-value.js';
import { asJsonObject, isJsonObject } from '../shared/json-values.js';
import { directInvocation } from './direct-invocation.js';
import { soleResult } from './outcomes.js';
import { recordService } from './reading/decode-records.js';

/**
 * For `@OnEvent`: a mail that SES received. Invoked as `RequestResponse`, it is answered `{ disposition: 'STOP_RULE' }`
 * and the like.
 */
export function isSes(event: unknown): event is SESEvent {
  return isJsonObject(event) && recordService(event) === 'aws:ses';
}

/** Mails that SES received. */
export const ses: RecordAdapter<SESEvent> = {
  ...directInvocation,
  detect: isSes,
  encode: encodeSes,
};

/**
 * A rule that waits goes by the disposition, and goes on where the method returns nothing, as it does by itself.
 *
 * @throws TypeError for what is no disposition: a mail that was to be stopped would go on.
 * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
 */
function encodeSes(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: SESEvent): unknown {
  const value = soleResult(outcomes);
  if (!isAwaited(event)) return value;
  const answer = value ?? { disposition: 'CONTINUE' };
  if (isJsonObject(answer) && DISPOSITIONS.has(answer['disposition'])) return answer;
  throw new TypeError(
    `A rule of SES that waits is answered with nothing or { disposition: '${[...DISPOSITIONS].join("' | '")}' }, not with ${describeValue(value)}`,
  );
}

function isAwaited({ Records: records }: SESEvent): boolean {
  return records.some(
    (record) =>
      asJsonObject(asJsonObject(asJsonObject(asJsonObject(record)['ses'])['receipt'])['action'])['invocationType'] ===
      'RequestResponse',
  );
}

const DISPOSITIONS: ReadonlySet<unknown> = new Set(['CONTINUE', 'STOP_RULE', 'STOP_RULE_SET']);
