import { onDemand } from '../../shared/on-demand.js';
import { chain } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { FormFields, WantedFiles } from './form-file.js';
import type { Request } from './request.js';
import type { FormOptions } from './upload-options.js';

const parsing = onDemand(() => import('./form.js'));

/** Reads the body as a form, once per request. Loads the parser for the first form. */
export function readForm(request: Request, options: FormOptions): MaybePromise<FormFields> {
  return chain(parsing(), ({ formOf }) => formOf(request, options));
}

/** Reads what a parameter wants of the files of the body. */
export function readFiles(request: Request, options: FormOptions, wanted: WantedFiles): MaybePromise<unknown> {
  return chain(parsing(), ({ filesOf }) => filesOf(request, options, wanted));
}
