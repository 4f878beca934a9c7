import type { SESEvent } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../contracts/record-adapter.js';
import { described } from '../../errors/yes-or-no.js';
import { asRecord } from '../as-record.js';
import { isRecord } from '../is-record.js';
import { isSes } from '../predicates/ses.js';
import { soleResult } from '../sole-result.js';
import { directInvocation } from './adapter.js';

/** Mails that SES received. */
export const ses: RecordAdapter<SESEvent> = {
  ...directInvocation,
  detect: isSes,
  encode: encodeSes,
};

/**
 * A rule that waits goes by the disposition, and goes on where the method returns nothing, as it does by itself.
 *
 * @see https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
 * @throws TypeError for what is no disposition: a mail that was to be stopped would go on.
 */
function encodeSes(outcomes: readonly RecordOutcome[], _: readonly SourceRecord[], event: SESEvent): unknown {
  const value = soleResult(outcomes);
  if (!isAwaited(event)) return value;
  const answer = value ?? { disposition: 'CONTINUE' };
  if (isRecord(answer) && DISPOSITIONS.has(answer['disposition'])) return answer;
  throw new TypeError(`A rule of SES that waits is answered with nothing or { disposition: '${[...DISPOSITIONS].join("' | '")}' }, not with ${described(value)}`);
}

function isAwaited({ Records: records }: SESEvent): boolean {
  return records.some((record) => asRecord(asRecord(asRecord(asRecord(record)['ses'])['receipt'])['action'])['invocationType'] === 'RequestResponse');
}

const DISPOSITIONS: ReadonlySet<unknown> = new Set(['CONTINUE', 'STOP_RULE', 'STOP_RULE_SET']);
