import { brand } from '../../shared/brand.js';

/** One file of a multipart form. */
export class FormFile {
  constructor(
    readonly fieldName: string,
    /** The caller's name for it, without directories; never a path to write to as it is. */
    readonly filename: string,
    /** What the caller says it is, lower-case; nobody has looked. */
    readonly mediaType: string,
    readonly content: Buffer,
  ) {}

  /** Bytes. */
  get size(): number {
    return this.content.length;
  }

  /** The content as UTF-8 text. */
  text(): string {
    return this.content.toString('utf8');
  }
}
brand(FormFile, 'FormFile');

/** A form that was read. */
export interface FormFields {
  /**
   * By name; a repeated name has an array. Without inherited members. Text, but for parts of a multipart form that are
   * JSON.
   */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: readonly FormFile[];
}
