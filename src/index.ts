export { LambdaApplication, type LambdaHandler } from './application/lambda-application.js';
export type {
  BatchOptions,
  InvalidRecordHandler,
  ReportingSource,
  RequestsVia,
} from './application/options/record-options.js';
export type {
  ApplicationOptions,
  Configure,
  ConfiguredApplication,
  ConfiguredOptions,
} from './application/options/application-options.js';
export type { VersioningOptions } from './application/options/versioning.js';

export { Module, Global } from './decorators/module.js';
export { Injectable, Inject, Optional } from './decorators/injectable.js';
export {
  Controller,
  type ControllerOptions,
  All,
  Delete,
  Get,
  Head,
  Header,
  HttpCode,
  Options,
  Patch,
  Post,
  Put,
  Redirect,
  Version,
  type RouteOptions,
  Cors,
} from './decorators/routes.js';
export type { BodyKind } from './metadata/class-metadata.js';
export {
  Body,
  Context,
  Cookies,
  createParamDecorator,
  Event,
  Form,
  Headers,
  Ip,
  Param,
  Query,
  Record,
  Req,
  RequestId,
  Res,
  Signal,
  UploadedFile,
  UploadedFiles,
  type ParameterPipe,
  type UploadedFileOptions,
} from './decorators/parameters.js';
export { For, Catch, UseFilters, UseGuards, UseInterceptors, UsePipes } from './decorators/enhancers.js';
export type { EventKind, EventType, Carriage, Carrier, Via, ViaQueue } from './shared/event-types.js';
export { Timeout } from './decorators/timeout.js';
export {
  OnAlarm,
  OnAuthorize,
  OnDynamoDb,
  OnEvent,
  OnEventBridge,
  OnFirehose,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
  OnWebSocket,
  type ConsumerOptions,
  type EventBridgeCriteria,
  type S3Criteria,
  type ScheduleConsumer,
  type ViaOptions,
} from './decorators/consumers.js';
export type { Rate, ScheduleOptions } from './shared/schedule.js';
export { applyDecorators } from './decorators/apply-decorators.js';
export { SetMetadata, type CustomDecorator, Reflector, type ReflectableDecorator } from './decorators/reflector.js';

export { forwardRef, InjectionToken, type ForwardReference, type Ref, type Token } from './shared/token.js';
export { lazy, type DynamicModule, type LazyModule, type ModuleMetadata } from './shared/module.js';
export type {
  ClassProvider,
  CustomProvider,
  ExistingProvider,
  FactoryProvider,
  Provider,
  ValueProvider,
} from './shared/provider.js';
export { Scope } from './shared/provider.js';
export { ModuleRef, type ModuleRefOptions } from './modules/module-ref.js';
export {
  type DiscoverableDecorator,
  type DiscoveryOptions,
  DiscoveryService,
  type InstanceWrapper,
} from './modules/discovery-service.js';
export { INQUIRER } from './modules/inquirer.js';
export { RouterModule, type Routes, type RouteTree } from './modules/router-module.js';
export {
  type AsyncModuleOptions,
  ConfigurableModuleBuilder,
  type ConfigurableModuleBuilderOptions,
  type ConfigurableModuleClass,
  type ConfigurableModuleHost,
  type OptionsFactory,
} from './modules/configurable-module-builder.js';
export type { Constructor, Constructor as Type, MaybePromise } from './shared/types.js';
export { VERSION_NEUTRAL } from './shared/version-neutral.js';

export { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from './contracts/app-tokens.js';
export type {
  ApplicationDescription,
  ConsumerDescription,
  ModuleDescription,
  ParameterDescription,
  RouteDescription,
} from './contracts/application-description.js';
export type {
  BucketFacts,
  DeploymentFacts,
  DestinationFacts,
  FunctionFacts,
  RouteFacts,
  ScheduleFacts,
  SubscriptionFacts,
  TableFacts,
  VariableFacts,
} from './deployment/deployment-facts.js';
export type { Permission } from './deployment/permissions.js';
export type {
  ExecutionContext,
  ExecutionContext as ArgumentsHost,
  HttpArguments,
  ArgumentMetadata,
  CallHandler,
  CanActivate,
  DescribedPipe,
  ExceptionFilter,
  InputDescription,
  Interceptor,
  Interceptor as NestInterceptor,
  PipeTransform,
} from './contracts/pipeline.js';
export type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleDestroy,
  OnModuleInit,
} from './contracts/lifecycle.js';
export type { ItemIdentifier, RecordOutcome, SourceRecord } from './contracts/event-adapter.js';
export { Logger, type LogFields } from './contracts/logger.js';
export { type LogLevel, settings, type Settings, type SettingOverrides } from './settings/settings.js';
export type { StandardSchema } from './contracts/standard-schema.js';

export type {
  ActiveMqEvent,
  ActiveMqMessage,
  RabbitMqEvent,
  RabbitMqHeader,
  RabbitMqMessage,
  RabbitMqProperties,
} from './events/mq.js';
export { FirehoseResult, type FirehoseResultOptions } from './events/results/firehose-result.js';
export type { DynamoDbChange } from './events/dynamodb.js';
export type { KafkaEvent, KafkaRecord } from './events/kafka.js';
export { kafkaHeaders, kafkaKey } from './events/kafka.js';

export { BootstrapError } from './errors/bootstrap-error.js';
export { HttpException, type HttpExceptionOptions } from './errors/http-exception.js';
export { HttpStatus } from './errors/http-status.js';
export { ValidationException } from './errors/validation-exception.js';
export type { ValidationDetail } from './errors/validation-detail.js';
export {
  BadGatewayException,
  BadRequestException,
  ConflictException,
  ExpectationFailedException,
  FailedDependencyException,
  ForbiddenException,
  GatewayTimeoutException,
  GoneException,
  HttpVersionNotSupportedException,
  ImATeapotException,
  InsufficientStorageException,
  InternalServerErrorException,
  LengthRequiredException,
  LockedException,
  LoopDetectedException,
  MethodNotAllowedException,
  MisdirectedException,
  NetworkAuthenticationRequiredException,
  NotAcceptableException,
  NotFoundException,
  NotImplementedException,
  PayloadTooLargeException,
  PaymentRequiredException,
  PreconditionFailedException,
  PreconditionRequiredException,
  ProxyAuthenticationRequiredException,
  RangeNotSatisfiableException,
  RequestHeaderFieldsTooLargeException,
  RequestTimeoutException,
  ServiceUnavailableException,
  TooEarlyException,
  TooManyRequestsException,
  UnauthorizedException,
  UnavailableForLegalReasonsException,
  UnprocessableEntityException,
  UnsupportedMediaTypeException,
  UpgradeRequiredException,
  UriTooLongException,
  VariantAlsoNegotiatesException,
} from './errors/exceptions.js';

export {
  allowedRoutes,
  allRoutes,
  authorizerPolicy,
  type AuthorizerPolicyOptions,
  policyText,
  thisRoute,
} from './events/results/authorizer-policy.js';
export type { AuthorizerEvent } from './events/authorizer.js';
export type { LatticeEventV1, LatticeEventV2 } from './events/http/lattice-events.js';
export type { S3Notification } from './events/s3.js';
export type { WebSocketResult } from './events/websocket.js';
export type { CustomResourceResult } from './events/custom-resource/response.js';
export { isAppSyncBatch, isAppSyncResolver } from './events/appsync.js';
export { type AppSyncResult, appSyncResults } from './application/records/appsync-results.js';
export { isS3BatchTask, type S3BatchTask } from './events/s3-batch.js';
export { decodeCloudWatchLogs, isCloudWatchLogs } from './events/cloudwatch-logs.js';
export { type CognitoTrigger, type CognitoTriggerEvents, isCognitoTrigger } from './events/cognito.js';
export { isCustomResource } from './events/custom-resource/is-custom-resource.js';
export { isIotAuthorizer } from './events/iot-authorizer.js';
export { deferCustomResource, respondToCustomResource } from './events/custom-resource.js';
export { isSes } from './events/ses.js';

export { Request } from './http/request/request.js';
export { Response, type ResponseHeaders, type ResponseOptions } from './http/response/response.js';
export { JsonResponse } from './http/response/json-response.js';
export { HtmlResponse } from './http/response/html-response.js';
export { RedirectResponse, type RedirectOptions } from './http/response/redirect-response.js';
export { StreamResponse } from './http/response/stream-response.js';
export { EventSourceResponse } from './http/response/event-source-response.js';
export { FileResponse } from './http/response/file-response.js';
export type { Cookies as CookieRecord } from './http/message/cookies.js';
export type { CookieOptions } from './http/message/set-cookie.js';
export type { CorsOptions } from './http/policies/cors-options.js';
export type { CompressionOptions } from './http/policies/compression-options.js';
export type { JsonCodec } from './http/message/json.js';
export type { Query as QueryRecord } from './http/request/query.js';
export type { SecurityHeadersOptions } from './http/policies/security-headers.js';
export { FormFile } from './http/request/form-file.js';
export type { UploadOptions } from './http/request/upload-options.js';

export { getLogger } from './logging/logger/current-logger.js';
export type { LoggerOption } from './logging/logger/create-logger.js';
export type { LoggerFeatures } from './logging/logger/logger-features.js';
export { AccessLogInterceptor } from './logging/access-log/access-log-interceptor.js';
export type { AccessLogOptions } from './logging/access-log/access-log-options.js';

export { fromMiddy, type MiddyMiddleware, type MiddyRequest } from './pipeline/from-middy.js';
export { TimeoutInterceptor } from './pipeline/timeout-interceptor.js';

export {
  IntersectionType,
  type MappedType,
  OmitType,
  PartialType,
  type PartialTypeOptions,
  PickType,
} from './validation/mapped-types.js';
export { DefaultValuePipe } from './validation/pipes/default-value-pipe.js';
export { ParseArrayPipe } from './validation/pipes/parse-array-pipe.js';
export {
  ParseBoolPipe,
  ParseEnumPipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
} from './validation/pipes/parse-pipes.js';
export { ValidationPipe } from './validation/pipes/validation-pipe.js';
export type { ValidationOptions } from './validation/validation-options.js';
