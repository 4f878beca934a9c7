import type { ExecutionContext, PipeTransform } from '../contracts/pipeline.js';
import type { StandardSchema } from '../contracts/standard-schema.js';
import { describeValue } from '../errors/describe-value.js';
import {
  ownClassMetadata,
  ownMethodMetadata,
  type ParameterKind,
  type ParameterMetadata,
} from '../metadata/class-record.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Constructor } from '../shared/types.js';

/** A trailing argument of a parameter decorator: a pipe or its class, a DTO class, or a Standard Schema. */
export type ParameterPipe = PipeTransform<never> | Constructor | StandardSchema;

/** Binds the value named `key`, or all of them, and applies the pipes. */
export interface KeyedParameterDecorator {
  (key: string, ...pipes: ParameterPipe[]): ParameterDecorator;
  (...pipes: ParameterPipe[]): ParameterDecorator;
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

function keyed(kind: ParameterKind, more?: Pick<ParameterMetadata, 'form'>): KeyedParameterDecorator {
  // Keeps `undefined` among the pipes, so that it is refused: the pipe that was meant would validate input.
  return (...given: (string | ParameterPipe)[]) => {
    noteUncalled(given, 'A parameter decorator');
    const [first, ...pipes] = given;
    return typeof first === 'string'
      ? parameterDecorator({ ...more, kind, key: first, pipes: pipes as ParameterPipe[] })
      : parameterDecorator({ ...more, kind, pipes: given as ParameterPipe[] });
  };
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
/** Binds one file of a `multipart/form-data` body. */
export const UploadedFile = keyed('uploadedFile');
/** Binds the files of a `multipart/form-data` body, or those of one field. */
export const UploadedFiles = keyed('uploadedFiles');

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
 * value.
 *
 * `const User = createParamDecorator((key: string | undefined, context) => …)`, used as `@User('name')`.
 */
export function createParamDecorator<Data = unknown, Result = unknown>(
  factory: (data: Data, context: ExecutionContext) => Result,
): (data?: Data, ...pipes: ParameterPipe[]) => ParameterDecorator {
  return (...given) => {
    noteUncalled(given, 'A parameter decorator');
    const [data, ...pipes] = given;
    const decorate = parameterDecorator({
      kind: 'custom',
      factory: factory as ParameterMetadata['factory'],
      data,
      pipes,
    });
    return (prototype, key, index) => {
      decorate(prototype, key, index);
      if (key === undefined || typeof factory === 'function') return;
      const received = describeValue(factory);
      const mistake = `createParamDecorator was given ${received}; it takes a function of data and context.`;
      noteMistake(ownMethodMetadata(prototype, key), `parameter ${index + 1}: ${mistake}`);
    };
  };
}
