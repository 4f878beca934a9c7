import type { DescribedPipe, InputDescription } from '../../contracts/pipeline.js';
import { brand } from '../../shared/brand.js';

/** Replaces `undefined`, `null` and NaN with a default. */
export class DefaultValuePipe<T = unknown> implements DescribedPipe {
  constructor(private readonly defaultValue: T) {}

  transform(value: unknown): unknown {
    return value === undefined || value === null || Number.isNaN(value) ? this.defaultValue : value;
  }

  describeInput(): InputDescription {
    return { schema: { default: this.defaultValue }, required: false };
  }
}
brand(DefaultValuePipe, 'DefaultValuePipe');
