import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}

type Operation = (input: Record<string, unknown>) => Answer;

/**
 * Stands in for SSM, Secrets Manager (both AWS JSON 1.1) and AppConfig Data (REST with JSON) on loopback: speaks what
 * their clients speak, and remembers what it was asked for.
 */
export class ValueServices {
  readonly parameters = new Map<string, { value: string; type?: string }>();
  readonly secrets = new Map<string, string | Uint8Array>();
  /** By profile. */
  readonly configurations = new Map<string, string>();
  /** Names that the caller may not read. */
  readonly denied = new Set<string>();
  readonly calls: Call[] = [];
  /** Whether every request is answered with an error of the service. */
  failing = false;
  #awaited = 0;
  #release: () => void = () => undefined;
  #together: Promise<void> = Promise.resolve();
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  endpoint = '';

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.endpoint = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** Options for a client of any of the services. */
  get client() {
    return {
      endpoint: this.endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Answers no request before so many have come. */
  expectTogether(count: number): void {
    this.#awaited = this.calls.length + count;
    this.#together = new Promise((resolve) => (this.#release = resolve));
  }

  clear(): void {
    for (const store of [this.parameters, this.secrets, this.configurations, this.denied]) store.clear();
    this.calls.length = 0;
  }

  /** What `operation` was asked for, in order. */
  inputs(operation: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.operation === operation).map(({ input }) => input);
  }

  readonly #operations: Record<string, Operation> = {
    'AmazonSSM.GetParameter': ({ Name, WithDecryption }) =>
      this.#allowed(Name, () =>
        this.parameters.has(Name as string)
          ? json({ Parameter: this.#parameter(Name as string, WithDecryption === true) })
          : failure('ParameterNotFound', ''),
      ),
    'AmazonSSM.GetParameters': ({ Names, WithDecryption }) => {
      const [known, unknown] = split(Names as string[], (name) => this.parameters.has(name));
      return json({
        Parameters: known.map((name) => this.#parameter(name, WithDecryption === true)),
        InvalidParameters: unknown,
      });
    },
    'AmazonSSM.GetParametersByPath': ({ Path, WithDecryption, NextToken }) =>
      this.#allowed(Path, () => {
        const prefix = (Path as string).endsWith('/') ? (Path as string) : `${Path as string}/`;
        const names = [...this.parameters.keys()].filter((name) => name.startsWith(prefix));
        const start = Number(NextToken ?? 0);
        const page = names.slice(start, start + 10).map((name) => this.#parameter(name, WithDecryption === true));
        return json({ Parameters: page, NextToken: names.length > start + 10 ? String(start + 10) : undefined });
      }),
    'secretsmanager.GetSecretValue': ({ SecretId }) =>
      this.#allowed(SecretId, () => {
        const value = this.secrets.get(SecretId as string);
        if (value === undefined)
          return failure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
        return json(
          typeof value === 'string'
            ? { Name: SecretId, SecretString: value }
            : { Name: SecretId, SecretBinary: Buffer.from(value).toString('base64') },
        );
      }),
    'POST /configurationsessions': ({ ConfigurationProfileIdentifier: profile }) =>
      this.#allowed(profile, () =>
        this.configurations.has(profile as string)
          ? { ...json({ InitialConfigurationToken: profile }), status: 201 }
          : { ...failure('ResourceNotFoundException', `No configuration profile ${profile as string}`), status: 404 },
      ),
    'GET /configuration': ({ configuration_token: profile }) => ({
      status: 200,
      body: this.configurations.get(profile as string) ?? '',
      headers: { 'next-poll-configuration-token': profile as string, 'content-type': 'application/json' },
    }),
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = await request.toArray();
    const text = Buffer.concat(chunks as Buffer[]).toString();
    const { pathname, searchParams } = new URL(request.url ?? '/', this.endpoint);
    const operation = (request.headers['x-amz-target'] as string | undefined) ?? `${request.method} ${pathname}`;
    const input = { ...Object.fromEntries(searchParams), ...(text ? (JSON.parse(text) as object) : {}) };
    this.calls.push({ operation, input });
    if (this.calls.length === this.#awaited) this.#release();
    await this.#together;
    const answer = this.failing
      ? { ...failure('InternalServerError', 'down'), status: 500 }
      : (this.#operations[operation]?.(input) ?? failure('UnknownOperationException', operation));
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1', ...answer.headers });
    response.end(answer.body);
  }

  #allowed(name: unknown, answer: () => Answer): Answer {
    return this.denied.has(name as string)
      ? failure(
          'AccessDeniedException',
          `User: arn:aws:sts::1:assumed-role/fn is not authorized on resource: ${name as string}`,
        )
      : answer();
  }

  /** A SecureString comes as its cipher text unless it is asked for decrypted. */
  #parameter(name: string, decrypt: boolean): object {
    const { value, type = 'String' } = this.parameters.get(name) as { value: string; type?: string };
    return { Name: name, Type: type, Value: type === 'SecureString' && !decrypt ? `AQICAHi${value.length}` : value };
  }
}

function json(body: object): Answer {
  return { status: 200, body: JSON.stringify(body) };
}

function failure(type: string, message: string): Answer {
  return { status: 400, body: JSON.stringify({ __type: type, message }), headers: { 'x-amzn-errortype': type } };
}

function split<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  return [values.filter(test), values.filter((value) => !test(value))];
}
