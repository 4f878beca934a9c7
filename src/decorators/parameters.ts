import type { ExecutionContext, PipeTransform } from '../contracts/pipeline.js';
import type { StandardSchema } from '../contracts/standard-schema.js';
import { flag, mistakeInOptions, type OptionRules } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import {
  ownClassMetadata,
  ownMethodMetadata,
  type ParameterKind,
  type ParameterMetadata,
} from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Constructor } from '../shared/types.js';

/** A trailing argument of a parameter decorator: a pipe or its class, a DTO class, or a Standard Schema. */
export type ParameterPipe = PipeTransform<never> | Constructor | StandardSchema;

/** Binds the value named `key`, or all of them, and applies the pipes. */
export interface KeyedParameterDecorator {
  (key: string, ...pipes: ParameterPipe[]): ParameterDecorator;
  (...pipes: ParameterPipe[]): ParameterDecorator;
}

/** Options of `@UploadedFile` and `@UploadedFiles`. */
export interface UploadedFileOptions {
  /** Whether a request without such a file is refused with a 422. Default: false. */
  required?: boolean;
}

/** Binds files of the field named `key`, or of any field, and applies the pipes. The options come before them. */
export interface FileParameterDecorator extends KeyedParameterDecorator {
  (key: string, options: UploadedFileOptions, ...pipes: ParameterPipe[]): ParameterDecorator;
  (options: UploadedFileOptions, ...pipes: ParameterPipe[]): ParameterDecorator;
}

export type PlainParameterDecorator = (...pipes: ParameterPipe[]) => ParameterDecorator;

function parameterDecorator(metadata: ParameterMetadata): ParameterDecorator {
  return (prototype, key, index) => {
    if (key === undefined) {
      const where = `constructor parameter ${index + 1}`;
      noteMistake(
        ownClassMetadata(prototype),
        `${where} has a decorator for method parameters, which binds a part of the event. ` +
          'A request-scoped provider can inject the Request by its type.',
      );
      return;
    }
    const method = ownMethodMetadata(prototype, key);
    if (typeof index !== 'number') noteMistake(method, 'a parameter decorator is on the method itself.');
    else if (method.parameters.has(index))
      noteMistake(method, `parameter ${index + 1} has two decorators, but can have only one value.`);
    method.parameters.set(index, metadata);
  };
}

/** Reports what is wrong with the decorator's arguments, if anything is. */
function noting(mistake: string | undefined, decorate: ParameterDecorator): ParameterDecorator {
  if (mistake === undefined) return decorate;
  return (prototype, key, index) => {
    decorate(prototype, key, index);
    if (key !== undefined) noteMistake(ownMethodMetadata(prototype, key), `parameter ${index + 1}: ${mistake}`);
  };
}

function keyed(kind: ParameterKind, more?: Pick<ParameterMetadata, 'form'>): KeyedParameterDecorator {
  return (...given: unknown[]) => {
    noteUncalled(given, 'A parameter decorator');
    return parameterDecorator({ ...more, kind, ...keyAndPipes(given) });
  };
}

/** Keeps `undefined` among the pipes, so that it is refused: the pipe that was meant would validate input. */
function keyAndPipes(given: readonly unknown[]): Pick<ParameterMetadata, 'key' | 'pipes'> {
  const [first, ...pipes] = given;
  return typeof first === 'string' ? { key: first, pipes } : { pipes: given };
}

function ofFiles(kind: 'uploadedFile' | 'uploadedFiles', name: string): FileParameterDecorator {
  return (...given: unknown[]) => {
    noteUncalled(given, 'A parameter decorator');
    const place = typeof given[0] === 'string' ? 1 : 0;
    const options = given[place];
    if (!isFileOptions(options)) return parameterDecorator({ kind, ...keyAndPipes(given) });
    const mistake = mistakeInOptions(options, FILE_RULES, name);
    const required = options.required === true;
    return noting(mistake, parameterDecorator({ kind, required, ...keyAndPipes(given.toSpliced(place, 1)) }));
  };
}

const FILE_RULES: OptionRules<UploadedFileOptions> = { required: { ...flag, refusesUndefined: true } };

/** Whether an argument is a literal that is neither a pipe nor a schema. */
function isFileOptions(given: unknown): given is UploadedFileOptions {
  const isLiteral = typeof given === 'object' && given !== null && Object.getPrototypeOf(given) === Object.prototype;
  return isLiteral && !('transform' in given) && !('~standard' in given);
}

function plain(kind: ParameterKind): PlainParameterDecorator {
  return (...pipes) => {
    noteUncalled(pipes, 'A parameter decorator');
    return parameterDecorator({ kind, pipes });
  };
}

/** Binds the body, or one member of it. JSON, unless `consumes` of the route or its controller says otherwise. */
export const Body = keyed('body');
/**
 * Binds the body as a form, urlencoded or multipart, or one field of it. Strings convert to the declared types. Forms
 * are opt-in, because any web page can make a browser send one, with cookies.
 */
export const Form = keyed('body', { form: true });
/** Binds the query, or one value of it, converted to the declared type. */
export const Query = keyed('query');
/** Binds the path parameters, or one of them, converted to the declared type. */
export const Param = keyed('param');
/** Binds the headers by lower-case name, or one of them, converted to the declared type. */
export const Headers = keyed('headers');
/** Binds the cookies, or one of them, converted to the declared type. */
export const Cookies = keyed('cookies');
/** Binds one file of a `multipart/form-data` body; `undefined` without one, unless it is `required`. */
export const UploadedFile = ofFiles('uploadedFile', '@UploadedFile');
/**
 * Binds the files of a `multipart/form-data` body, or those of one field; an empty list without any, unless one is
 * `required`.
 */
export const UploadedFiles = ofFiles('uploadedFiles', '@UploadedFiles');

/** Binds the request. A parameter of type `Request` needs no decorator. */
export const Req = plain('request');
/**
 * Binds the response, whose status code, headers and cookies apply to what the method returns. A parameter of type
 * `Response` needs no decorator.
 */
export const Res = plain('response');
/** Binds the caller's IP address. */
export const Ip = plain('ip');
/** Binds the request id: the caller's `X-Request-Id`, or the gateway's; for a record, the record's id. */
export const RequestId = plain('requestId');
/** Binds the event as Lambda passes it. */
export const Event = plain('event');
/** Binds Lambda's context object. */
export const Context = plain('context');
/** Binds the abort signal that fires at the deadline. */
export const Signal = plain('signal');

/** Binds the record of a consumer as AWS sends it; for a batch, a list of them. */
export const Record = plain('record');

/**
 * Creates a custom parameter decorator. `factory` gets the decorator's first argument and the context, and returns the
 * value. If the first argument is a pipe, there is no data.
 *
 * `const User = createParamDecorator((key: string | undefined, context) => …)`, used as `@User('name')`.
 */
export function createParamDecorator<Data = unknown, Result = unknown>(
  factory: (data: Data, context: ExecutionContext) => Result,
): (
  dataOrPipe?: Data | PipeTransform<never> | Constructor<PipeTransform>,
  ...pipes: ParameterPipe[]
) => ParameterDecorator {
  return (...given: unknown[]) => {
    noteUncalled(given, 'A parameter decorator');
    const [data, ...pipes] = isPipe(given[0]) ? [undefined, ...given] : given;
    const metadata = { kind: 'custom', factory: factory as ParameterMetadata['factory'], data, pipes } as const;
    return noting(mistakeIn(factory), parameterDecorator(metadata));
  };
}

/** Whether an argument is a pipe or the class of one. A pipe taken for data would never check anything. */
function isPipe(given: unknown): boolean {
  const pipe: unknown = typeof given === 'function' ? given.prototype : given;
  return typeof pipe === 'object' && pipe !== null && typeof (pipe as Partial<PipeTransform>).transform === 'function';
}

function mistakeIn(factory: unknown): string | undefined {
  if (typeof factory === 'function') return undefined;
  return `createParamDecorator was given ${describeValue(factory)}; it takes a function of data and context.`;
}
