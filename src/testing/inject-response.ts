/** What a client would see of a handler's result. */
export class InjectResponse {
  constructor(
    readonly statusCode: number,
    /** By lower-case name, repeats joined with `, `. `set-cookie` is in {@link cookies}. */
    readonly headers: Readonly<Record<string, string>>,
    /** `Set-Cookie` values. */
    readonly cookies: readonly string[],
    /** The bytes of the body, base64 taken off. */
    readonly rawPayload: Buffer,
  ) {}

  /** The body as text. */
  get payload(): string {
    return this.rawPayload.toString('utf8');
  }

  /**
   * The body as JSON.
   *
   * @throws Error saying what was answered instead.
   */
  json<T = unknown>(): T {
    try {
      return JSON.parse(this.payload) as T;
    } catch (cause) {
      throw new Error(`The answer ${this.statusCode} has no JSON in its body: ${this.payload.slice(0, 200) || 'nothing'}`, { cause });
    }
  }
}

interface GatewayResult {
  statusCode?: number;
  headers?: Record<string, unknown>;
  multiValueHeaders?: Record<string, unknown[]>;
  cookies?: string[];
  body?: string | null;
  isBase64Encoded?: boolean;
}

/** Reads the result of any HTTP source. */
export function readResult(result: unknown): InjectResponse {
  const { statusCode = 200, body, isBase64Encoded, cookies = [], ...maps } = result as GatewayResult;
  const lines = headerLines(maps);
  const headers = Object.create(null) as Record<string, string>;
  for (const [name, value] of lines) {
    if (name !== 'set-cookie') headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const set = lines.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
  return new InjectResponse(statusCode, headers, [...cookies, ...set], Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'));
}

function headerLines({ headers = {}, multiValueHeaders = {} }: GatewayResult): [name: string, value: string][] {
  const entries = [...Object.entries(headers), ...Object.entries(multiValueHeaders)];
  return entries.flatMap(([name, values]) => [values].flat().map((value) => [name.toLowerCase(), String(value)] as [string, string]));
}
