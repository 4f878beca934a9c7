/** A header of RabbitMQ: text comes as its bytes. */
export type RabbitMqHeader = { bytes: number[] } | number | boolean | null;

/** The properties of a message, as RabbitMQ names them; `null` where the sender set none. */
export interface RabbitMqProperties {
  contentType: string | null;
  contentEncoding: string | null;
  headers: Record<string, RabbitMqHeader> | null;
  deliveryMode: number;
  priority: number | null;
  correlationId: string | null;
  replyTo: string | null;
  expiration: string | null;
  messageId: string | null;
  /** As in `Jan 1, 1970, 12:33:41 AM`. */
  timestamp: string | null;
  type: string | null;
  userId: string | null;
  appId: string | null;
  clusterId: string | null;
  bodySize: number;
}

/** A message of RabbitMQ (AWS: "Using Lambda with Amazon MQ"). */
export interface RabbitMqMessage {
  basicProperties: RabbitMqProperties;
  redelivered: boolean;
  /** Base64. */
  data: string;
}

/** What Lambda delivers from a RabbitMQ broker: messages by queue. */
export interface RabbitMqEvent {
  eventSource: 'aws:rmq';
  eventSourceArn: string;
  /** By queue and virtual host, as in `orders::/`. */
  rmqMessagesByQueue: Record<string, RabbitMqMessage[]>;
}
