import { installAwsLambda } from './aws-lambda-global.js';
import type { Terminal } from './exchange.js';
import { Gateway } from './gateway.js';
import type { HandlerTarget } from './handler-of.js';
import { InvokeApi } from './invoke-api.js';
import { type ServeOptions, sourceOf } from './serve-options.js';
import { SOURCES } from './sources.js';

/** The two ways to a function: HTTP requests that become events, and events as they are. */
export interface OpenTarget {
  readonly gateway: Gateway;
  readonly invokeApi: InvokeApi;
}

/** @throws BootstrapError when there is no handler, or an option is wrong. */
export function openTarget(target: HandlerTarget, options: ServeOptions, terminal: Terminal): OpenTarget {
  const { streaming = false, timeout: seconds = 30, stage, binaryMediaTypes } = options;
  if (streaming) installAwsLambda();
  const source = SOURCES[sourceOf(options)];
  const shared = { streaming, timeout: seconds * 1000, terminal };
  return {
    gateway: new Gateway(target, { ...shared, source, door: source.open(binaryMediaTypes), stage }),
    invokeApi: new InvokeApi(target, shared),
  };
}
