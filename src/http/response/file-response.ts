import type { Stats } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { mimes } from 'mrmime';
import { anything, checkCallOptions, flag, type OptionRules, text } from '../../errors/check-options.js';
import { NotFoundException, RangeNotSatisfiableException } from '../../errors/exceptions.js';
import { plainHeaders } from '../../errors/option-names.js';
import { brand } from '../../shared/brand.js';
import { contentDisposition } from '../message/content-disposition.js';
import type { RenderedHeaders } from '../message/headers.js';
import type { Request } from '../request/request.js';
import type { ResponseOptions } from './response.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

export interface FileResponseOptions extends ResponseOptions {
  /** The name to save the file under. Without it, the response has no `content-disposition`. */
  filename?: string;
  /** Whether the browser displays the file instead of saving it. */
  inline?: boolean;
  /**
   * The folder of the file; the path is relative to it and may contain the caller's input. Paths that lead out of the
   * folder, by `..` or by a link, and hidden files, whose names start with a dot, are a 404.
   */
  root?: string;
}

const RULES: OptionRules<FileResponseOptions> = {
  statusCode: anything,
  headers: anything,
  mediaType: anything,
  filename: text,
  inline: flag,
  root: text,
};

/**
 * Sends a file with the media type of its extension, `last-modified` and a weak `etag`.
 *
 * A request for a single byte range gets a 206, or a 416 if the file has no such bytes. A request for several ranges
 * gets the whole file. A missing file, and a path that is not a file, is a 404.
 *
 * @param path Trusted, unless you set `root`: check a path that contains the caller's input before.
 */
export class FileResponse extends StreamResponse<string> {
  readonly #root: string | undefined;

  constructor(path: string, options: FileResponseOptions = {}) {
    checkCallOptions(options, RULES, 'the options of a FileResponse');
    const { filename, inline = false, mediaType = mediaTypeByExtension(filename ?? path), root, ...rest } = options;
    const headers = filename === undefined ? {} : dispositionHeader(inline, filename);
    super(root === undefined ? path : join(root, path), {
      ...rest,
      mediaType,
      headers: { ...headers, ...plainHeaders(options.headers, 'of a Response') },
    });
    this.#root = root;
  }

  /**
   * @throws NotFoundException if there is no such file.
   * @throws RangeNotSatisfiableException if the file has none of the requested bytes.
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

function mediaTypeByExtension(path: string): string {
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

/** `If-Range` uses strong comparison (RFC 9110, 13.1.5): a date must be equal, and a weak tag never matches. */
function isRangeWanted(request: Request, headers: RenderedHeaders): boolean {
  const condition = request.header('if-range');
  return condition === undefined || condition === headers['last-modified'];
}

// Errors caused by the path. The last one is Node's for a NUL in it.
const NO_SUCH_FILE: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE'];

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw NO_SUCH_FILE.includes((error as NodeJS.ErrnoException).code) ? missing(path, error) : error;
  }
}

/** Resolves links. @throws NotFoundException for a file outside the folder, and for a hidden one. */
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

/** The first and the last byte, both inclusive. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const DIGITS = /^\d*$/;

/**
 * Parses a `Range` header (RFC 9110, 14.1.2) for a body of `size` bytes. Returns `undefined` to send the whole body:
 * the header is malformed, has another unit, or asks for several ranges, which servers may ignore.
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
 * Returns the first and the last position of a single range as digits or `''`. Splits the header instead of matching
 * it: a regular expression would try every way to distribute the spaces.
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
  // A suffix of an empty file is the whole file.
  return size === 0 ? undefined : { start: Math.max(0, size - length), end: size - 1 };
}
