import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { BodyKind, MethodMetadata, ParameterMetadata } from '../../metadata/class-metadata.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import type { Constructor } from '../../shared/types.js';
import { isDto } from '../../validation/dto/check-dto-class.js';
import { isWhole } from '../body-argument.js';

/**
 * Returns the kinds of body that a method consumes, as declared by the method, implied by a parameter that needs a
 * form, or declared by the controller; `undefined` if nothing declares it.
 *
 * @throws BootstrapError if a parameter needs a form, but the route consumes none.
 */
export function consumedBy(
  controller: Constructor,
  metadata: MethodMetadata,
  name: string,
): readonly BodyKind[] | undefined {
  const forms = [...metadata.parameters.values()].filter(needsForm);
  if (forms.length === 0) return metadata.consumes ?? mergedMetadata(controller).controller?.consumes;
  const { consumes = FORM } = metadata;
  if (consumes.includes('form') || consumes.includes('any')) return consumes;
  throw new BootstrapError(
    `${name} consumes ${consumes.join(', ')}, but one of its parameters needs a form. ` +
      "Add it, as in { consumes: ['json', 'form'] }, or use @Body() instead.",
  );
}

function needsForm({ kind, form }: ParameterMetadata): boolean {
  return form === true || kind === 'uploadedFile' || kind === 'uploadedFiles';
}

const FORM: readonly BodyKind[] = ['form'];
const JSON_ALONE: readonly BodyKind[] = ['json'];
const ANY: readonly BodyKind[] = ['any'];

/** Returns the kinds of body that one parameter accepts. Text and bytes may be of any kind, unless the route says. */
export function kindsFor(
  { form, key, pipes }: ParameterMetadata,
  type: unknown,
  consumed: readonly BodyKind[] | undefined,
): readonly BodyKind[] {
  if (form) return FORM;
  // A DTO class that is the decorator's first argument is the type, as in `@Body(CreateOrder)`.
  return consumed ?? (isWhole(key, isDto(pipes[0]) ? pipes[0] : type) ? ANY : JSON_ALONE);
}
