export { type ClientOptions } from '../aws/aws-client-config.js';
export { type Destination, type DestinationKind } from '../shared/destination.js';
export { type MessagingClients } from './sending/aws-message-sender.js';
export {
  getEventBusToken,
  getQueueToken,
  getTopicToken,
  InjectEventBus,
  InjectQueue,
  InjectTopic,
} from './inject-destination.js';
export { type MessageType } from './encode-message.js';
export { LargePayloads } from './payloads/large-payloads.js';
export { PayloadBucket, type PayloadBucketOptions } from './payloads/payload-bucket.js';
export { PayloadError } from './payloads/payload-error.js';
export {
  type AttributeValue,
  type LargePayloadParts,
  type LargePayloadOutlet,
  type LargePayloadStore,
  MessageSender,
  type Offload,
  type OutgoingMessage,
  type Outlet,
  type OutletTarget,
  type Receipt,
  type SendFailure,
  type SendOutcome,
} from './sending/message-sender.js';
export { MessagingModule } from './messaging-module.js';
export type {
  BusDeclaration,
  MessageDeclaration,
  MessagingAsyncOptions,
  MessagingDestinations,
  MessagingOptions,
  QueueDeclaration,
} from './messaging-options.js';
export { InvalidMessageError, type MessageProblem, MessagesNotSentError, type UnsentMessage } from './send-errors.js';
export { EventBus, type OptionsOf, Queue, Topic } from './publisher.js';
export type { QueueOptions, SendOptions, TopicOptions } from './send-options.js';
