import { brand } from '../shared/brand.js';
import { FETCH, type FetchOptions, type ValueSource, ValueStore, type ValueStoreOptions } from './value-store.js';

/** Powertools' provider for SSM. */
export interface ParameterSource extends ValueSource {
  getMultiple(path: string, options: FetchOptions & { decrypt: boolean; recursive: boolean }): Promise<unknown>;
}

export interface ParameterStoreOptions extends ValueStoreOptions {
  readonly source: ParameterSource;
  /** What names without a leading slash stand under, and what is fetched together. */
  readonly path: string | undefined;
}

/** Parameters of SSM's Parameter Store, decrypted where they are encrypted. Injectable wherever `ParametersModule` is imported. */
export class ParameterStore extends ValueStore {
  protected readonly vocabulary = {
    noun: 'parameter',
    place: 'the Parameter Store',
    actions: 'ssm:GetParameter on it (with a path ssm:GetParametersByPath), and kms:Decrypt where a key of your own encrypts it',
  };
  readonly #path: string | undefined;
  readonly #source: ParameterSource;

  constructor(options: ParameterStoreOptions) {
    super(options);
    this.#source = options.source;
    this.#path = options.path?.replace(/(?<!\/)\/*$/, '/');
  }

  protected override async fetch(name: string, maxAge: number): Promise<unknown> {
    const path = this.#path;
    const full = path === undefined || /^\/|^arn:/.test(name) ? name : path + name;
    // What is fetched together comes by plain names, and as it is now: an ARN, a version or a label has a colon.
    if (path === undefined || full.includes(':') || !full.startsWith(path)) {
      return this.together(full, maxAge, () => this.#source.get(full, { ...FETCH, decrypt: true }));
    }
    const options = { ...FETCH, decrypt: true, recursive: true };
    // Ten parameters a request.
    const values = (await this.together(path, maxAge, () => this.#source.getMultiple(path, options))) as Record<string, unknown>;
    const key = full.slice(path.length);
    return Object.hasOwn(values, key) ? values[key] : undefined;
  }
}
brand(ParameterStore, 'ParameterStore');
