import { getMetadataStorage, IsOptional } from 'class-validator';
import type { ValidationMetadata } from '../dto/property-rules.js';
import type { CodeTarget } from './code-target.js';

/** The condition of `@IsOptional` or `@ValidateIf`. */
interface ConditionText {
  /** What is done before any condition is looked at: as in the library, all of them are called. */
  readonly setup: string;
  readonly holds: string;
}

export function conditionText(target: CodeTarget, metadata: ValidationMetadata, index: number): ConditionText {
  if (String(metadata.constraints[0]) === textOfOptional())
    return { setup: '', holds: 'value !== undefined && value !== null' };
  const condition = `${target.metadataOf({ metadata, constraint: undefined })}.constraints[0]`;
  const call = target.declare('condition', (name) => `const ${name} = ${condition};`);
  return { setup: `const holds${index} = ${call}(object, value);`, holds: `holds${index}` };
}

let ofOptional: string | undefined;

/** Returns the source text of the condition of `@IsOptional`, which looks at its own property only. */
function textOfOptional(): string {
  return (ofOptional ??= readOptional());
}

function readOptional(): string {
  class Probe {
    declare probe: unknown;
  }
  IsOptional()(Probe.prototype, 'probe');
  const [metadata] = getMetadataStorage().getTargetValidationMetadatas(Probe, '', false, false);
  return String(metadata!.constraints[0]);
}
