import type { ExecutionContext, PipeTransform } from '../contracts/pipeline.js';
import type { StandardSchema } from '../contracts/standard-schema.js';
import { describeValue } from '../errors/describe-value.js';
import {
  ownClassMetadata,
  ownMethodMetadata,
  type ParameterKind,
  type ParameterMetadata,
} from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Constructor } from '../shared/types.js';

/** What may stand last in a parameter decorator: a pipe or its class, a DTO class, or a Standard Schema. */
export type ParameterPipe = PipeTransform<never> | Constructor | StandardSchema;

/** Takes the value named `key`, or all of them, through the pipes. */
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
        `${where} has a decorator of what comes with an event, which is for parameters of methods. ${EACH_EVENT}`,
      );
      return;
    }
    const method = ownMethodMetadata(prototype, key);
    if (typeof index !== 'number') noteMistake(method, 'a decorator of parameters stands on the method itself.');
    else if (method.parameters.has(index))
      noteMistake(method, `parameter ${index + 1} has two decorators: it has one value.`);
    method.parameters.set(index, metadata);
  };
}

const EACH_EVENT = 'A provider of Scope.REQUEST may ask for the Request by its type.';

function keyed(kind: ParameterKind, more?: Pick<ParameterMetadata, 'form'>): KeyedParameterDecorator {
  // Nothing that was given is left out, be it `undefined`: it was meant to be a pipe, and what it would have checked
  // comes from outside.
  return (...given: (string | ParameterPipe)[]) => {
    noteUncalled(given, 'A decorator of parameters');
    const [first, ...pipes] = given;
    return typeof first === 'string'
      ? parameterDecorator({ ...more, kind, key: first, pipes: pipes as ParameterPipe[] })
      : parameterDecorator({ ...more, kind, pipes: given as ParameterPipe[] });
  };
}

function plain(kind: ParameterKind): PlainParameterDecorator {
  return (...pipes) => {
    noteUncalled(pipes, 'A decorator of parameters');
    return parameterDecorator({ kind, pipes });
  };
}

/** The body, or one member of it: JSON, unless `consumes` of the route or its controller says otherwise. */
export const Body = keyed('body');
/**
 * The body as a form, urlencoded or multipart, or one field of it; strings convert to the declared types. Any page of
 * the web can have a browser send a form, cookies included: a route that takes one says so.
 */
export const Form = keyed('body', { form: true });
/** The query, or one value of it; converts to the declared type. */
export const Query = keyed('query');
/** The path parameters, or one of them; converts to the declared type. */
export const Param = keyed('param');
/** The headers by lower-case name, or one of them; converts to the declared type. */
export const Headers = keyed('headers');
/** The cookies, or one of them; converts to the declared type. */
export const Cookies = keyed('cookies');
/** One file of a `multipart/form-data` body. */
export const UploadedFile = keyed('uploadedFile');
/** The files of a `multipart/form-data` body, or those of one field. */
export const UploadedFiles = keyed('uploadedFiles');

/** The request; a parameter of type `Request` needs no decorator. */
export const Req = plain('request');
/**
 * The response under way: its status, headers and cookies go for what the method returns. A parameter of type
 * `Response` needs no decorator.
 */
export const Res = plain('response');
/** The caller's address. */
export const Ip = plain('ip');
/** The id of the request: the caller's `X-Request-Id`, else the gateway's; of a record, the record's. */
export const RequestId = plain('requestId');
/** The event as Lambda delivered it. */
export const Event = plain('event');
/** Lambda's context object. */
export const Context = plain('context');
/** The signal that fires when the time is up. */
export const Signal = plain('signal');

/** The record of a consumer, as AWS delivered it; a list of them for a batch. */
export const Record = plain('record');

/**
 * Makes a parameter decorator of your own: `factory` is given the decorator's first argument and the context.
 *
 * `const User = createParamDecorator((key: string | undefined, context) => …)`, used as `@User('name')`.
 */
export function createParamDecorator<Data = unknown, Result = unknown>(
  factory: (data: Data, context: ExecutionContext) => Result,
): (data?: Data, ...pipes: ParameterPipe[]) => ParameterDecorator {
  return (...given) => {
    noteUncalled(given, 'A decorator of parameters');
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
      const mistake = `parameter ${index + 1}: createParamDecorator was given ${describeValue(factory)}; it takes a function of data and context.`;
      noteMistake(ownMethodMetadata(prototype, key), mistake);
    };
  };
}
