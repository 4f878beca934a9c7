// Fixed limits for input of every kind (JSON, forms, queries, headers, messages), whether it is read by a DTO class, a
// schema or a pipe. The limits for the bytes of a body and for forms are settings: `BODY_LIMIT` and `uploads`.

/** Levels of nested lists and objects: far more than a DTO needs, and far fewer than recursion can handle. */
export const MAX_DEPTH = 64;

/** Parameters of a query. Gateways accept about 10 kB of them; messages and direct invocations can have more. */
export const MAX_QUERY_PARAMETERS = 10_000;

/** Bytes of the name of a form field. */
export const MAX_FIELD_NAME = 1024;

/** Validation errors in a response: a body may cause a million, which would not fit. */
export const MAX_DETAILS = 1000;

/** Characters of a key and of a message in a validation error. Both may repeat input. */
export const MAX_DETAIL_KEY = 100;
export const MAX_DETAIL_MESSAGE = 1000;

/**
 * Characters of all validation errors in a response. JSON within JSON may take seven bytes for a character, which stays
 * below the 1 MB that an ALB accepts.
 */
export const MAX_DETAILS_LENGTH = 120_000;

/** Truncates a text that is longer than `most` characters. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
