import { escaped } from '../shared/control-characters.js';

// One text that SQS doesn't take fails its whole request, with the messages of others in it. So texts that may come
// from callers are checked, or escaped, before a request is made.

/**
 * Matches characters that SQS refuses in messages and attributes (SQS API reference, SendMessageBatch): it takes those
 * of XML 1.0.
 */
const REFUSED = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Whether a text has no character that SQS refuses, such as a control character. */
export function isSendable(text: string): boolean {
  return !REFUSED.test(text);
}

/** Escapes the characters that `JSON.stringify` leaves as they are, and SQS refuses. */
export function escapeUnsendable(json: string): string {
  return json.replace(/[\ufffe\uffff]/g, escaped);
}

/** A `MessageGroupId` or a `MessageDeduplicationId`: printable ASCII without spaces (SQS API reference). */
export function isSendableId(id: string): boolean {
  return /^[!-~]{1,128}$/.test(id);
}

/** The name of a message attribute (SQS guide, "Message attribute components"). */
export function isAttributeName(name: string): boolean {
  return /^[\w.-]{1,256}$/.test(name) && !/^(?:aws|amazon)\.|^\.|\.$|\.\./i.test(name);
}
