export { type AwsLambda, installAwsLambda } from './aws-lambda-global.js';
export { banner, type BannerContent, type BannerRoute } from './banner.js';
export type { Terminal } from './exchange.js';
export type { HandlerOwner, HandlerTarget, LambdaHandler, StreamingHandler } from './handler-of.js';
export { localContext, type LocalContextOptions } from './local-context.js';
export { type LocalArguments, parseArguments, usage } from './parse-arguments.js';
export { type LocalQueues, type QueuesOptions, startQueues } from './queues/start-queues.js';
export { type LocalServer, serve, type ServeOptions } from './serve.js';
export type { Source } from './sources.js';
