import { randomBytes } from 'node:crypto';

/** Returns a time in API Gateway's format: `12/Mar/2020:19:03:58 +0000`. */
export function gatewayTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Returns a short request id, as HTTP APIs have it: `JKJaXmPLvHcESHA=`. */
export function shortRequestId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

/** Returns a value of `X-Amzn-Trace-Id`: the seconds since 1970 and 96 random bits, in hexadecimal. */
export function traceId(date: Date): string {
  return `Root=1-${Math.floor(date.getTime() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}
