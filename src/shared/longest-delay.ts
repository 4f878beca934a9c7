/** Milliseconds: what `setTimeout` holds. A longer delay would be over at once. */
export const LONGEST_DELAY = 2 ** 31 - 1;
