import { BootstrapError } from '../errors/bootstrap-error.js';
import {
  type BodyKind,
  classMetadata,
  type MethodMetadata,
  type ParameterMetadata,
} from '../metadata/class-metadata.js';
import type { Constructor } from '../shared/types.js';
import { isDto } from '../validation/dto/check-dto.js';

/**
 * What a method takes for a body: by its own word, by a parameter that asks for a form, by its controller's word.
 * `undefined` where nothing says it.
 *
 * @throws BootstrapError where a parameter asks for a form, and the route takes none.
 */
export function consumedBy(
  controller: Constructor,
  metadata: MethodMetadata,
  name: string,
): readonly BodyKind[] | undefined {
  const forms = [...metadata.parameters.values()].filter(asksForForm);
  if (forms.length === 0) return metadata.consumes ?? classMetadata(controller).controller?.consumes;
  const { consumes = FORM } = metadata;
  if (consumes.includes('form') || consumes.includes('any')) return consumes;
  throw new BootstrapError(
    `${name} consumes ${consumes.join(', ')}, but a parameter of it asks for a form. ` +
      "Add it, as in { consumes: ['json', 'form'] }, or take @Body() instead.",
  );
}

function asksForForm({ kind, form }: ParameterMetadata): boolean {
  return form === true || kind === 'uploadedFile' || kind === 'uploadedFiles';
}

const FORM: readonly BodyKind[] = ['form'];
const JSON_ALONE: readonly BodyKind[] = ['json'];
const ANY: readonly BodyKind[] = ['any'];

/**
 * What one parameter takes for a body. Text and bytes are no data: nobody is told what they are, unless the route is.
 */
export function kindsFor(
  { form, key, pipes }: ParameterMetadata,
  type: unknown,
  consumed: readonly BodyKind[] | undefined,
): readonly BodyKind[] {
  if (form) return FORM;
  // A class that is given first is the type.
  return consumed ?? (isWhole(key, isDto(pipes[0]) ? pipes[0] : type) ? ANY : JSON_ALONE);
}

/** Whether a parameter takes the text or the bytes as they are. */
export function isWhole(key: string | undefined, type: unknown): boolean {
  return key === undefined && (type === String || type === Buffer || type === Uint8Array);
}
