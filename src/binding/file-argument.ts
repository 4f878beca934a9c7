import { readForm } from '../http/form.js';
import type { FormOptions } from '../http/upload-options.js';
import { chain } from '../shared/promise.js';
import type { ArgumentReader } from './argument-source.js';
import type { Parameter } from './parameter.js';

/** Reads one file of a multipart body, or all of them; those of one field where there is a key. */
export function fileArgument({ kind, key }: Parameter, uploads: FormOptions): ArgumentReader {
  const one = kind === 'uploadedFile';
  return ({ request }) =>
    chain(readForm(request, uploads), ({ files }) => {
      const wanted = key === undefined ? files : files.filter((file) => file.fieldName === key);
      return one ? wanted[0] : wanted;
    });
}
