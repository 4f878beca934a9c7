import type { Stats } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { mimes } from 'mrmime';
import { anything, checkCallOptions, flag, plainHeaders, type Rules, text } from '../../errors/check-options.js';
import { NotFoundException, RangeNotSatisfiableException } from '../../errors/exceptions.js';
import { brand } from '../../shared/brand.js';
import { contentDisposition } from '../message/content-disposition.js';
import type { RenderedHeaders } from '../message/headers.js';
import type { Request } from '../request/request.js';
import type { ResponseOptions } from './response.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

export interface FileResponseOptions extends ResponseOptions {
  /** The name to save the file under; without it the answer has no `content-disposition`. */
  filename?: string;
  /** Whether the browser shows the file rather than saving it. */
  inline?: boolean;
  /**
   * The folder that the file has to be in, below which the path is: it may have the caller's words in it then. What
   * leads out of the folder, by `..` or by a link, and hidden files, whose name begins with a dot, are 404.
   */
  root?: string;
}

const RULES: Rules<FileResponseOptions> = {
  statusCode: anything,
  headers: anything,
  mediaType: anything,
  filename: text,
  inline: flag,
  root: text,
};

/**
 * Sends a file, its media type told by its extension, with `last-modified` and a weak `etag`.
 *
 * A single byte range is answered with 206, or 416 where the file has no such bytes; several ranges get the whole
 * file. A missing file, and what is no file, is 404.
 *
 * @param path Trusted, unless `root` is given: a path with the caller's words in it has to be checked before.
 */
export class FileResponse extends StreamResponse<string> {
  readonly #root: string | undefined;

  constructor(path: string, options: FileResponseOptions = {}) {
    checkCallOptions(options, RULES, 'the options of a FileResponse');
    const { filename, inline = false, mediaType = mediaTypeFor(filename ?? path), root, ...rest } = options;
    const headers = filename === undefined ? {} : dispositionHeader(inline, filename);
    super(root === undefined ? path : join(root, path), {
      ...rest,
      mediaType,
      headers: { ...headers, ...plainHeaders(options.headers, 'of a Response') },
    });
    this.#root = root;
  }

  /**
   * @throws NotFoundException when there is no such file.
   * @throws RangeNotSatisfiableException when the file has none of the bytes that were asked for.
   */
  override async open(request: Request): Promise<OpenedBody> {
    const file = await openFile(this.#root === undefined ? this.content : await pathWithin(this.#root, this.content));
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw missing(this.content);
      const opened = this.#head(request, stats);
      if (request.method === 'HEAD' || stats.size === 0) return { ...opened, body: await closed(file) };
      const { start, end } = opened.range ?? { start: 0, end: stats.size - 1 };
      return { ...opened, body: file.createReadStream({ start, end }) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  #head(request: Request, stats: Stats): { statusCode?: number; headers: RenderedHeaders; range?: ByteRange } {
    const headers: RenderedHeaders = { ...validators(stats), 'accept-ranges': 'bytes' };
    const partial = this.statusCode === 200 && request.method === 'GET' && isRangeWanted(request, headers);
    const range = partial ? parseRange(request.header('range') ?? '', stats.size) : undefined;
    if (range === undefined) return { headers: { ...headers, 'content-length': String(stats.size) } };
    if (range === 'unsatisfiable') throw unsatisfiable(stats.size);
    headers['content-length'] = String(range.end - range.start + 1);
    headers['content-range'] = `bytes ${range.start}-${range.end}/${stats.size}`;
    return { statusCode: 206, headers, range };
  }
}
brand(FileResponse, 'FileResponse');

function mediaTypeFor(path: string): string {
  const extension = extname(path).slice(1).toLowerCase();
  return (Object.hasOwn(mimes, extension) ? mimes[extension] : undefined) ?? 'application/octet-stream';
}

function dispositionHeader(inline: boolean, filename: string): Record<string, string> {
  return { 'content-disposition': contentDisposition(inline ? 'inline' : 'attachment', filename) };
}

function validators(stats: Stats): { etag: string; 'last-modified': string } {
  const modified = Math.trunc(stats.mtimeMs);
  return {
    etag: `W/"${stats.size.toString(16)}-${modified.toString(16)}"`,
    'last-modified': new Date(modified).toUTCString(),
  };
}

/** `If-Range` compares strongly (RFC 9110, 13.1.5): a date must be the very one, and a weak tag equals none. */
function isRangeWanted(request: Request, headers: RenderedHeaders): boolean {
  const condition = request.header('if-range');
  return condition === undefined || condition === headers['last-modified'];
}

// Errors that the path is to blame for; the last is Node's word for a NUL in it.
const NO_SUCH_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE'];

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw NO_SUCH_FILE.includes((error as NodeJS.ErrnoException).code) ? missing(path, error) : error;
  }
}

/** @throws NotFoundException for what is not in the folder, links followed, and for what is hidden there. */
async function pathWithin(root: string, path: string): Promise<string> {
  try {
    const [folder, real] = await Promise.all([realpath(root), realpath(path)]);
    const names = relative(folder, real).split(sep);
    const asked = relative(resolve(root), resolve(path)).split(sep);
    if (![...names, ...asked].some((name) => name.startsWith('.')) && !isAbsolute(relative(folder, real))) return real;
  } catch (error) {
    throw NO_SUCH_FILE.includes((error as NodeJS.ErrnoException).code) ? missing(path, error) : error;
  }
  throw missing(path);
}

async function closed(file: FileHandle): Promise<null> {
  await file.close();
  return null;
}

function missing(path: string, cause?: unknown): NotFoundException {
  return new NotFoundException(undefined, { cause, errorDetail: `There is no file ${path}` });
}

function unsatisfiable(size: number): RangeNotSatisfiableException {
  return new RangeNotSatisfiableException(undefined, { headers: { 'content-range': `bytes */${size}` } });
}

/** First and last byte, both included. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const DIGITS = /^\d*$/;

/**
 * Reads a `Range` header (RFC 9110, 14.1.2) for a body of `size` bytes: `undefined` when the whole is to be sent,
 * because the header is malformed, of another unit, or asks for several ranges, which no one needs to honour.
 */
export function parseRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [first, last] = positionsIn(header) ?? ['', ''];
  if (first === '') return last === '' ? undefined : suffixRange(Number(last), size);
  const start = Number(first);
  const end = last === '' ? Infinity : Number(last);
  if (end < start) return undefined;
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

/**
 * First and last position of a single range as digits, or nothing. Cut at its separators: a pattern for all of it would
 * try every way to share spaces.
 */
function positionsIn(header: string): [first: string, last: string] | undefined {
  const equals = header.indexOf('=');
  if (equals === -1 || header.slice(0, equals).trim().toLowerCase() !== 'bytes') return undefined;
  const [first = '', last, ...more] = header
    .slice(equals + 1)
    .split('-', 3)
    .map((position) => position.trim());
  if (last === undefined || more.length > 0 || !DIGITS.test(first) || !DIGITS.test(last)) return undefined;
  return [first, last];
}

function suffixRange(length: number, size: number): ByteRange | 'unsatisfiable' | undefined {
  if (length === 0) return 'unsatisfiable';
  // The end of nothing is all of it.
  return size === 0 ? undefined : { start: Math.max(0, size - length), end: size - 1 };
}
