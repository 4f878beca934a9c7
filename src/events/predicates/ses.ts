import type { SESEvent } from 'aws-lambda';
import { recordService } from '../record-service.js';
import { isRecord } from '../is-record.js';

/** For `@OnEvent`: a mail that SES received. Invoked as `RequestResponse`, it is answered `{ disposition: 'STOP_RULE' }` and the like. */
export function isSes(event: unknown): event is SESEvent {
  return isRecord(event) && recordService(event) === 'aws:ses';
}
