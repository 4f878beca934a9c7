import { providedOptions } from '../contracts/async-options.js';
import { AWS_USES, type BucketUse } from '../contracts/aws-uses.js';
import { isStandardSchema } from '../contracts/standard-schema.js';
import { checkOptions } from '../errors/check-options.js';
import { JSON_CODEC, type JsonCodec } from '../http/message/json.js';
import { builtInMetadata } from '../metadata/class-metadata.js';
import { SETTINGS, type Settings } from '../settings/settings.js';
import { brand } from '../shared/brand.js';
import { type DestinationKind, destinationToken } from '../shared/destination.js';
import type { DynamicModule } from '../shared/module.js';
import type { FactoryProvider } from '../shared/provider.js';
import type { Constructor } from '../shared/types.js';
import type { RefusingReader } from '../validation/input-reader.js';
import { schemaReader } from '../validation/schema-reader.js';
import {
  type DeclaredDestination,
  declaredDestinations,
  type MessagingAsyncOptions,
  DESTINATION_RULES,
  type MessagingOptions,
  OPTIONS_RULES,
} from './messaging-options.js';
import { EventBus, type Publisher, type PublisherParts, Queue, Topic } from './publisher.js';
import type { SendOptions } from './send-options.js';
import { AwsMessageSender, checkClients, type MessagingClients } from './sending/aws-message-sender.js';
import { MessageSender } from './sending/message-sender.js';

/**
 * Declares the queues, topics and buses that an application sends to, and makes them injectable in every module by
 * `@InjectQueue`, `@InjectTopic` and `@InjectEventBus`.
 *
 * The URL of a queue, the ARN of a topic and the name of a bus are read from the environment when the application
 * starts: `ORDERS_QUEUE_URL`, `NEWS_TOPIC_ARN`, `SHOP_BUS_NAME`.
 */
export class MessagingModule {
  /** @throws BootstrapError for a declaration that cannot work. */
  static forRoot(options: MessagingOptions): DynamicModule {
    checkOptions(options, OPTIONS_RULES, 'the options of MessagingModule');
    const { queues, topics, buses, ...clients } = options;
    checkClients(clients);
    return MessagingModule.forRootAsync({ queues, topics, buses, useFactory: () => clients });
  }

  /**
   * Like {@link MessagingModule.forRoot}, for clients that depend on other providers. What is declared can't: the build
   * plans it.
   *
   * @throws BootstrapError for a declaration that cannot work.
   */
  static forRootAsync(options: MessagingAsyncOptions): DynamicModule {
    const { token: clients, imports, provider } = providedOptions(MessagingModule, options, DESTINATION_RULES);
    const declared = declaredDestinations(options);
    const destinations = declared.map(destinationProvider);
    const uses = declared.flatMap(bucketUse);
    return {
      module: MessagingModule,
      global: true,
      imports,
      providers: [
        provider,
        ...(uses.length > 0 ? [{ provide: AWS_USES, useValue: uses }] : []),
        {
          provide: MessageSender,
          inject: [clients, { token: SETTINGS, optional: true }],
          useFactory: (given: MessagingClients, settings?: Settings) => new AwsMessageSender(given, settings),
          dispose: (sender: Partial<AwsMessageSender>) => sender.close?.(),
        },
        ...destinations,
      ],
      exports: destinations.map(({ provide }) => provide),
    };
  }
}
brand(MessagingModule, 'MessagingModule');
builtInMetadata(MessagingModule).module = {};

function bucketUse({ largePayloads }: DeclaredDestination): BucketUse[] {
  if (!largePayloads) return [];
  const { name, prefix } = largePayloads;
  return [{ kind: 'bucket', name, prefix, access: 'write' }];
}

const CLASSES: Readonly<Record<DestinationKind, new (parts: PublisherParts) => Publisher<unknown, SendOptions>>> = {
  queue: Queue,
  topic: Topic,
  bus: EventBus,
};

/** The readers of classes are injected, because the build plans them; those of schemas need no plan. */
function destinationProvider(declared: DeclaredDestination): FactoryProvider {
  const { kind, name, messages } = declared;
  const classes = messages.filter((entry): entry is readonly [string, Constructor] => !isStandardSchema(entry[1]));
  return {
    provide: destinationToken({ kind, name }),
    inject: [MessageSender, { token: JSON_CODEC, optional: true }, ...classes.map(([, readerOf]) => ({ readerOf }))],
    useFactory: (sender: MessageSender, json: JsonCodec = JSON, ...readers: readonly RefusingReader[]) => {
      const ofClasses = classes.map(([type], index) => [type, readers[index]!] as const);
      const all = new Map<string, RefusingReader>([...schemaReaders(messages), ...ofClasses]);
      return new CLASSES[kind]({ target: declared, readers: all, sender, json });
    },
  };
}

function schemaReaders(messages: DeclaredDestination['messages']): (readonly [string, RefusingReader])[] {
  return messages.flatMap(([type, message]) =>
    isStandardSchema(message) ? [[type, schemaReader(message, 'body')] as const] : [],
  );
}
