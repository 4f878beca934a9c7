/** Says which member of an event is not what its source sends, what it is, and what it should be. */
export class MalformedEventError extends Error {
  override readonly name = 'MalformedEventError';
}
