import { type ClientOptions, CLIENT_RULES } from '../../aws/aws-client-config.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anObject, callable, checkOptions, type OptionRules } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { missingPeers } from '../../errors/missing-peers.js';
import type { Settings } from '../../settings/settings.js';
import { type Destination, isDefaultBus, isFifo, labelOfDestination, variableOf } from '../../shared/destination.js';
import { eventBridgeOutlet, type EventBridgeSdk } from './event-bridge-outlet.js';
import { LazyClient } from './lazy-client.js';
import { type LargePayloadOutlet, MessageSender, type Outlet, type OutletTarget } from './message-sender.js';
import { snsOutlet, type SnsSdk } from './sns-outlet.js';
import { sqsOutlet, type SqsSdk } from './sqs-outlet.js';

/** The clients that send the messages, and the addresses they send to. */
export interface MessagingClients {
  /** The client for queues. */
  readonly sqs?: ClientOptions;
  /** The client for topics. */
  readonly sns?: ClientOptions;
  /** The client for buses. */
  readonly eventBridge?: ClientOptions;
  /**
   * Returns the URL of a queue, the ARN of a topic or the name of a bus. `undefined` leaves it to the environment
   * variable, such as `ORDERS_QUEUE_URL`.
   */
  readonly resolve?: (destination: Destination) => string | undefined;
}

export const CLIENTS_RULES: OptionRules<MessagingClients> = {
  sqs: anObject,
  sns: anObject,
  eventBridge: anObject,
  resolve: callable,
};

/** @throws BootstrapError for an unknown option of a client, or a wrong value. */
export function checkClients({ sqs = {}, sns = {}, eventBridge = {} }: MessagingClients): void {
  for (const [name, options] of Object.entries({ sqs, sns, eventBridge }))
    checkOptions(options, CLIENT_RULES, `the option ${name} of MessagingModule`);
}

/** Sends messages with the clients of the AWS SDK, which are loaded for the first message. */
export class AwsMessageSender extends MessageSender {
  readonly #sqs;
  readonly #sns;
  readonly #eventBridge;
  readonly #withPayloads: LargePayloadOutlet[] = [];

  constructor(
    private readonly clients: MessagingClients,
    private readonly settings: Settings | undefined,
  ) {
    super();
    checkOptions(clients, CLIENTS_RULES, 'the clients of MessagingModule');
    checkClients(clients);
    const { sqs = {}, sns = {}, eventBridge = {} } = clients;
    this.#sqs = new LazyClient(sqs, settings, loadSqs, (sdk) => sdk.SQSClient);
    this.#sns = new LazyClient(sns, settings, loadSns, (sdk) => sdk.SNSClient);
    this.#eventBridge = new LazyClient(eventBridge, settings, loadEventBridge, (sdk) => sdk.EventBridgeClient);
  }

  open(target: OutletTarget): Outlet {
    const outlet = this.#outletOf(target);
    if (!target.largePayloads) return outlet;
    const { settings } = this;
    const withPayloads = target.largePayloads.before({ outlet, ordered: isFifo(target), settings });
    this.#withPayloads.push(withPayloads);
    return withPayloads;
  }

  async close(): Promise<void> {
    await Promise.all([this.#sqs, this.#sns, this.#eventBridge, ...this.#withPayloads].map((each) => each.close()));
  }

  #outletOf(target: OutletTarget): Outlet {
    const address = this.#addressOf(target);
    if (target.kind === 'queue') return sqsOutlet(address, this.#sqs);
    if (target.kind === 'topic') return snsOutlet(address, this.#sns);
    return eventBridgeOutlet({ busName: address, source: target.source ?? '' }, this.#eventBridge);
  }

  #addressOf(target: OutletTarget): string {
    const { kind, name } = target;
    const resolved: unknown = this.clients.resolve?.({ kind, name });
    if (resolved !== undefined)
      return checkedAddress(resolved, target, {
        says: 'The option resolve of MessagingModule returned',
        takes: ` for the ${labelOfDestination(target)}; it returns`,
      });
    const address = addressInEnvironment(target);
    if (address === undefined || address === '') throw new BootstrapError(missingAddress(target));
    return checkedAddress(address, target, { says: `${variableOf(target)} is`, takes: '; it takes' });
  }
}

/** The bus `default` exists in every account. */
function addressInEnvironment(target: Destination): string | undefined {
  const address = process.env[variableOf(target)];
  return address === undefined && isDefaultBus(target) ? target.name : address;
}

const ADDRESSES = { queue: 'the URL of the queue', topic: 'the ARN of the topic', bus: 'the name of the bus' };

function missingAddress(target: Destination): string {
  return (
    `${variableOf(target)} is not set: it takes ${ADDRESSES[target.kind]} for ${labelOfDestination(target)} of ` +
    'MessagingModule. "lambent dev" emulates it, and sets the variable.'
  );
}

const SHAPES = { queue: /^https?:\/\//, topic: /^arn:/, bus: /./ };

/** The origin of an address, for messages. */
interface AddressOrigin {
  /** Before the value. */
  readonly says: string;
  /** Between the value and what it should be. */
  readonly takes: string;
}

function checkedAddress(address: unknown, target: Destination, { says, takes }: AddressOrigin): string {
  const { kind } = target;
  if (typeof address !== 'string' || !SHAPES[kind].test(address)) {
    const shown = typeof address === 'string' ? JSON.stringify(address) : describeValue(address);
    throw new BootstrapError(`${says} ${shown}${takes} ${ADDRESSES[kind]}.`);
  }
  if (kind === 'bus' || address.endsWith('.fifo') === isFifo(target)) return address;
  throw new BootstrapError(
    `The ${labelOfDestination(target)} of MessagingModule is ${JSON.stringify(address)}: the name in MessagingModule ` +
      `ends in .fifo if that of the ${kind} does, because messages of FIFO ${kind}s need a group.`,
  );
}

function loadSqs(): Promise<SqsSdk> {
  return import('@aws-sdk/client-sqs').catch(missingPeers('Queue', '@aws-sdk/client-sqs'));
}

function loadSns(): Promise<SnsSdk> {
  return import('@aws-sdk/client-sns').catch(missingPeers('Topic', '@aws-sdk/client-sns'));
}

function loadEventBridge(): Promise<EventBridgeSdk> {
  return import('@aws-sdk/client-eventbridge').catch(missingPeers('EventBus', '@aws-sdk/client-eventbridge'));
}
