export { LambentFunction, type LambentFunctionProps } from './lambent-function.js';
export { LambentApi, type LambentApiProps } from './lambent-api.js';
export type { Destinations } from './connect-destinations.js';
export type { ModuleTables } from './grants.js';
export type { FunctionBundling } from './bundling.js';
export type { EventSourceOf, EventSources, KafkaSource, Named, ScheduleSettings } from './source-options.js';
export type { MqEventSourceProps } from './mq-event-source.js';
export type { ProjectDescription } from './project-description.js';
