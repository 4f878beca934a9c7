import type { Via } from '../../shared/event-types.js';
import type { QueryPair } from './query.js';

export type HeaderPair = readonly [name: string, value: string];

/**
 * What an event source knows of a request, read as late as possible: `events/<source>/decode.ts` gives one.
 *
 * Everything that costs is a method and is called at most once an event.
 */
export interface RequestSource {
  /** Upper-case. */
  readonly method: string;
  /** Percent-encoded whatever the source, starts with `/`, without query; stage and base path are off. */
  readonly path: string;
  /** The gateway's id of this request. */
  readonly id: string | undefined;
  readonly ip: string | undefined;
  /** In whose message the request came; absent for what a gateway sent. */
  readonly via?: Via | undefined;
  /** As it was sent, percent-encoded, without `?`; put together again where the source decoded it. */
  queryString(): string;
  /** The query string where the source has it as it was sent; `undefined` where it decoded it. */
  rawQuery(): string | undefined;
  /** Decoded, in order. Throws BadRequestException on malformed percent-encoding where decoding is ours. */
  queryPairs(): readonly QueryPair[];
  /** Lower-case names, a pair a value, in order; cookies are a `cookie` header. */
  headerPairs(): Iterable<HeaderPair>;
  /** The value of one header by its lower-case name, repeats joined; cheaper than reading all of them. */
  header(name: string): string | undefined;
  /** The bytes that were sent; `null` for no body. */
  body(): Buffer | null;
  /** Whether the source has made text of the bytes itself. */
  isText(): boolean;
  /** The body as text without a detour through bytes where the source has text already; `null` for no body. */
  text(): string | null;
}
