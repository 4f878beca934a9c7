/** The two members that every source has its request body in. */
export interface BodyEvent {
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** The bytes of a request; `''`, which ALB sends for no body, is none. */
export function readBytes({ body, isBase64Encoded }: BodyEvent): Buffer | null {
  if (typeof body !== 'string' || body === '') return null;
  return Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8');
}

export function readText({ body, isBase64Encoded }: BodyEvent): string | null {
  if (typeof body !== 'string' || body === '') return null;
  return isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body;
}
