import type { ParameterMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';

/** A file of a multipart form. */
export class FormFile {
  constructor(
    readonly fieldName: string,
    /** The file name that the caller sent, without directories. Don't use it unchecked as a path to write to. */
    readonly filename: string,
    /** The media type that the caller sent, in lower case; the content is not checked against it. */
    readonly mediaType: string,
    readonly content: Buffer,
  ) {}

  /** The size in bytes. */
  get size(): number {
    return this.content.length;
  }

  /** Returns the content as UTF-8 text. */
  text(): string {
    return this.content.toString('utf8');
  }
}
brand(FormFile, 'FormFile');

/** A parsed form. */
export interface FormFields {
  /**
   * Fields by name, an array for a repeated name, without inherited members. Strings, except for JSON parts of a
   * multipart form.
   */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: readonly FormFile[];
}

/** The files of a form that a parameter wants: the first one or all, of one field or of any. */
export type WantedFiles = Pick<ParameterMetadata, 'kind' | 'key' | 'required'>;
