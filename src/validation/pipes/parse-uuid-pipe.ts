import { oneOf, type Rules } from '../../errors/option-rules.js';
import { brand } from '../../shared/brand.js';
import { ParsePipe } from './parse-pipe.js';
import { PARSE_PIPE_RULES, type ParsePipeOptions } from './pipe-error.js';

export interface ParseUUIDPipeOptions extends ParsePipeOptions {
  /** Takes UUIDs of this version only. */
  version?: '3' | '4' | '5' | '7';
}

const RULES: Rules<ParseUUIDPipeOptions> = { ...PARSE_PIPE_RULES, version: oneOf('3', '4', '5', '7') };

const UUID = /^[\da-f]{8}-[\da-f]{4}-([\da-f])[\da-f]{3}-([\da-f])[\da-f]{3}-[\da-f]{12}$/i;

// RFC 9562, section 4.1.
const VARIANT = /[89ab]/i;

/** Takes UUIDs in their usual spelling, of any version unless one is asked for. */
export class ParseUUIDPipe extends ParsePipe<string> {
  protected readonly rule = 'isUuid';
  protected readonly noun: string;
  protected readonly schema = { type: 'string', format: 'uuid' };
  readonly #version: string | undefined;

  constructor(options: ParseUUIDPipeOptions = {}) {
    super(options);
    this.#version = options.version;
    this.noun = options.version ? `a UUID of version ${options.version}` : 'a UUID';
  }

  protected override get optionRules(): Rules<ParseUUIDPipeOptions> {
    return RULES;
  }

  protected read(value: unknown): string | undefined {
    const parts = typeof value === 'string' ? UUID.exec(value) : null;
    if (!parts || !this.#isOfVersion(parts[1], parts[2]!)) return undefined;
    return parts[0];
  }

  #isOfVersion(version: string | undefined, variant: string): boolean {
    return this.#version === undefined || (version === this.#version && VARIANT.test(variant));
  }
}
brand(ParseUUIDPipe, 'ParseUUIDPipe');
