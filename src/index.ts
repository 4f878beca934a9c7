export { LambdaApplication, type LambdaHandler } from './application/lambda-application.js';
export type { BatchOptions, InvalidRecordHandler, ReportingSource } from './application/batch-options.js';
export type { ApplicationOptions } from './application/options.js';
export type { RequestsVia } from './application/requests-via.js';
export type { VersioningOptions } from './application/versioning.js';

export { Module, Global } from './decorators/module.js';
export { Injectable, Inject, Optional } from './decorators/injectable.js';
export { Controller, type ControllerOptions } from './decorators/controller.js';
export { All, Delete, Get, Head, Header, HttpCode, Options, Patch, Post, Put, Redirect, Version, type RouteOptions } from './decorators/routes.js';
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
} from './decorators/parameters.js';
export { For } from './decorators/for.js';
export type { EventKind, EventType } from './shared/event-kind.js';
export { Catch, UseFilters, UseGuards, UseInterceptors, UsePipes } from './decorators/enhancers.js';
export { Cors, Timeout } from './decorators/limits.js';
export {
  OnAuthorize,
  OnDynamoDb,
  OnEvent,
  OnEventBridge,
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
  type ViaOptions,
} from './decorators/consumers.js';
export { applyDecorators, SetMetadata, type CustomDecorator } from './decorators/custom-metadata.js';
export { Reflector, type ReflectableDecorator } from './decorators/reflector.js';

export { forwardRef, InjectionToken, type ForwardReference, type Ref, type Token } from './shared/token.js';
export { lazy, type DynamicModule, type LazyModule, type ModuleMetadata } from './shared/module.js';
export type { ClassProvider, CustomProvider, ExistingProvider, FactoryProvider, Provider, ValueProvider } from './shared/provider.js';
export { Scope } from './shared/scope.js';
export type { Constructor, MaybePromise } from './shared/types.js';
export type { Carriage, Carrier, Via, ViaQueue } from './shared/via.js';

export { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from './contracts/app-tokens.js';
export type {
  ApplicationDescription,
  ConsumerDescription,
  ModuleDescription,
  ParameterDescription,
  RouteDescription,
} from './contracts/application-description.js';
export type { ExecutionContext, HttpArguments } from './contracts/execution-context.js';
export type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
  OnModuleDestroy,
  OnModuleInit,
} from './contracts/lifecycle.js';
export type { ItemIdentifier, RecordOutcome, SourceRecord } from './contracts/record-adapter.js';
export { Logger, type LogFields, type LogLevel } from './contracts/logger.js';
export type {
  ArgumentMetadata,
  CallHandler,
  CanActivate,
  DescribedPipe,
  ExceptionFilter,
  InputDescription,
  Interceptor,
  PipeTransform,
} from './contracts/pipeline.js';
export type { StandardSchema } from './contracts/standard-schema.js';

export type { ActiveMqEvent, ActiveMqMessage } from './events/active-mq/event.js';
export type { DynamoDbChange } from './events/dynamodb/change.js';
export type { KafkaEvent, KafkaRecord } from './events/kafka/event.js';
export { kafkaHeaders, kafkaKey } from './events/kafka/key-and-headers.js';
export type { RabbitMqEvent, RabbitMqHeader, RabbitMqMessage, RabbitMqProperties } from './events/rabbit-mq/event.js';

export { BootstrapError } from './errors/bootstrap-error.js';
export { HttpException, type HttpExceptionOptions } from './errors/http-exception.js';
export { HttpStatus } from './errors/http-status.js';
export { ValidationException, type ValidationDetail } from './errors/validation-exception.js';
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

export { allowedRoutes, allRoutes, authorizerPolicy, type AuthorizerPolicyOptions, policyText, thisRoute } from './events/authorizer/policy.js';
export type { AuthorizerEvent } from './events/authorizer/detect.js';
export type { LatticeEventV1 } from './events/lattice-v1/detect.js';
export type { LatticeEventV2 } from './events/lattice-v2/detect.js';
export type { S3Notification } from './events/s3/notification.js';
export type { WebSocketResult } from './events/websocket/encode.js';
export type { CustomResourceResult } from './events/custom-resource/response.js';
export { isAppSyncBatch, isAppSyncResolver } from './events/predicates/appsync-resolver.js';
export { decodeCloudWatchLogs, isCloudWatchLogs } from './events/predicates/cloudwatch-logs.js';
export { type CognitoTrigger, type CognitoTriggerEvents, isCognitoTrigger } from './events/predicates/cognito-trigger.js';
export { isCustomResource } from './events/predicates/custom-resource.js';
export { isIotAuthorizer } from './events/predicates/iot-authorizer.js';
export { deferCustomResource, respondToCustomResource } from './events/predicates/respond-to-custom-resource.js';
export { isSes } from './events/predicates/ses.js';

export { Request } from './http/request.js';
export { Response, type ResponseHeaders, type ResponseOptions } from './http/response.js';
export { JsonResponse } from './http/json-response.js';
export { HtmlResponse } from './http/html-response.js';
export { RedirectResponse, type RedirectOptions } from './http/redirect-response.js';
export { StreamResponse } from './http/stream-response.js';
export { EventSourceResponse } from './http/event-source-response.js';
export { FileResponse } from './http/file-response.js';
export type { CookieOptions, Cookies as CookieRecord } from './http/cookies.js';
export type { CorsOptions } from './http/cors.js';
export type { CompressionOptions } from './http/compression.js';
export type { JsonCodec } from './http/json.js';
export type { Query as QueryRecord } from './http/query.js';
export type { SecurityHeadersOptions } from './http/security-headers.js';
export { FormFile } from './http/form-file.js';
export type { UploadOptions } from './http/upload-options.js';

export { getLogger } from './logging/current-logger.js';
export type { LoggerOption } from './logging/create-logger.js';
export { AccessLogInterceptor } from './logging/access-log-interceptor.js';
export type { AccessLogOptions } from './logging/access-log-options.js';

export { fromMiddy, type MiddyMiddleware, type MiddyRequest } from './pipeline/from-middy.js';
export { TimeoutInterceptor } from './pipeline/timeout-interceptor.js';

export { settings, type Settings, type SettingOverrides } from './settings/settings.js';

export { IntersectionType, type MappedType, OmitType, PartialType, type PartialTypeOptions, PickType } from './validation/mapped-types.js';
export { DefaultValuePipe } from './validation/pipes/default-value-pipe.js';
export { ParseArrayPipe } from './validation/pipes/parse-array-pipe.js';
export { ParseBoolPipe } from './validation/pipes/parse-bool-pipe.js';
export { ParseEnumPipe } from './validation/pipes/parse-enum-pipe.js';
export { ParseFloatPipe } from './validation/pipes/parse-float-pipe.js';
export { ParseIntPipe } from './validation/pipes/parse-int-pipe.js';
export { ParseUUIDPipe } from './validation/pipes/parse-uuid-pipe.js';
export { ValidationPipe } from './validation/pipes/validation-pipe.js';
export type { ValidationOptions } from './validation/validation-options.js';
