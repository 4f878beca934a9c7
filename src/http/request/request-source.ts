import type { Via } from '../../shared/event-types.js';
import type { QueryPair } from './query.js';

export type HeaderPair = readonly [name: string, value: string];

/**
 * A request as its event source has it, read as late as possible. The adapters in `events/` implement it.
 *
 * Everything that takes time is a method and is called at most once per event.
 */
export interface RequestSource {
  /** In upper case. */
  readonly method: string;
  /** Percent-encoded whatever the source, with a leading `/`, without query, stage and base path. */
  readonly path: string;
  /** The gateway's id of this request. */
  readonly id: string | undefined;
  readonly ip: string | undefined;
  /** The queue or topic of a carried request; absent for a request from a gateway. */
  readonly via?: Via | undefined;
  /** Percent-encoded, without `?`; encoded again if the source decoded it. */
  queryString(): string;
  /** The query string as it was sent; `undefined` if the source decoded it. */
  rawQuery(): string | undefined;
  /** Decoded, in order. Throws BadRequestException for malformed percent-encoding, unless the source decodes. */
  queryPairs(): readonly QueryPair[];
  /** One pair per value, in order, with lower-case names; cookies are a `cookie` header. */
  headerPairs(): Iterable<HeaderPair>;
  /** One header by its lower-case name, repeats joined; cheaper than reading all of them. */
  header(name: string): string | undefined;
  /** The bytes of the body; `null` if there is none. */
  body(): Buffer | null;
  /** Whether the source has decoded the bytes into text. */
  isText(): boolean;
  /** The body as text, without a detour through bytes if the source has text; `null` if there is none. */
  text(): string | null;
}
