import { randomUUID } from 'node:crypto';
import type { IoTCustomAuthorizerEvent } from 'aws-lambda';

/** A device that connects, as far as it matters. */
export interface IotAuthorizerSample {
  /** None unless given: then the signature has been verified as well. */
  token?: string;
  /** `device-1` unless given. */
  clientId?: string;
  username?: string;
  /** In clear text; the event has it in base64. */
  password?: string;
}

/** The question of AWS IoT Core to a custom authorizer, about a connection over MQTT. */
export function sampleIotAuthorizer({
  token,
  clientId = 'device-1',
  username,
  password,
}: IotAuthorizerSample = {}): IoTCustomAuthorizerEvent {
  const mqtt = {
    clientId,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password: Buffer.from(password).toString('base64') }),
  };
  return {
    ...(token !== undefined && { token }),
    signatureVerified: token !== undefined,
    protocols: ['tls', 'mqtt'],
    protocolData: { tls: { serverName: 'a1b2c3d4e5-ats.iot.eu-central-1.amazonaws.com' }, mqtt },
    connectionMetadata: { id: randomUUID() },
  };
}
