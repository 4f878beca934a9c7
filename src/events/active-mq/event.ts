/** A message of ActiveMQ (AWS: "Using Lambda with Amazon MQ"). */
export interface ActiveMqMessage {
  messageID: string;
  messageType: 'jms/text-message' | 'jms/bytes-message';
  /** Milliseconds since 1970. */
  timestamp: number;
  deliveryMode: number;
  correlationID?: string | null;
  replyTo?: string | null;
  destination: { physicalName: string };
  redelivered: boolean;
  type?: string | null;
  expiration: number;
  priority: number;
  /** Base64. */
  data: string;
  brokerInTime: number;
  brokerOutTime: number;
  properties?: Record<string, string> | null;
}

/** What Lambda delivers from an ActiveMQ broker: the messages of one queue. */
export interface ActiveMqEvent {
  eventSource: 'aws:mq' | 'aws:amq';
  eventSourceArn: string;
  messages: ActiveMqMessage[];
}
