import { randomUUID } from 'node:crypto';
import type { IoTCustomAuthorizerEvent } from 'aws-lambda';

/** The parts of an authorizer event that matter to tests. */
export interface IotAuthorizerSample {
  /** With a token, the signature counts as verified. Default: none. */
  token?: string;
  /** Default: `device-1`. */
  clientId?: string;
  username?: string;
  /** In plain text; the event has it in base64. */
  password?: string;
}

/** Builds the event of an AWS IoT Core custom authorizer, for a connection over MQTT. */
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
