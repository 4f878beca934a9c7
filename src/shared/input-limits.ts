/**
 * What input may have, whatever way it comes in: JSON, a form, a query, headers, a message; for a DTO class, a schema
 * or a pipe. The bytes of a body and the limits of forms are settings (`BODY_LIMIT`, `uploads`); these are fixed.
 */

/** Lists and objects inside each other; far above what any DTO needs, far below what recursion can bear. */
export const MAX_DEPTH = 64;

/**
 * Parameters of a query. A gateway takes some 10 kB of them; what comes in a message, or is invoked directly, may be
 * longer.
 */
export const MAX_QUERY_PARAMETERS = 10_000;

/** Bytes of the name of a form's field. */
export const MAX_FIELD_NAME = 1024;

/** Mistakes that are told: a body may hold a million, which no answer can. */
export const MAX_DETAILS = 1000;

/** Characters of a key and of a message in a mistake. Both may repeat what came in. */
export const MAX_DETAIL_KEY = 100;
export const MAX_DETAIL_MESSAGE = 1000;

/**
 * Characters of all mistakes together: seven times as many bytes, as JSON in JSON may take, are below the megabyte of
 * an ALB.
 */
export const MAX_DETAILS_LENGTH = 120_000;

/** A text, cut where it is too long. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
