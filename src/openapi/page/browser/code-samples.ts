/** A request as the page sends it and as code samples write it. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Those that samples show. A page can't set them: the browser sends those that it has. */
  readonly cookies: readonly (readonly [name: string, value: string])[];
  /** Whether the browser's cookies belong to the request. */
  readonly takesCookies: boolean;
  /** `username:password` of basic authentication. */
  readonly basic?: string;
  readonly body?: string | URLSearchParams | FormData;
}

/** The languages of code samples, by the names that the page shows. */
export const CODE_SAMPLES: Readonly<Record<string, (request: ApiRequest) => string>> = {
  curl: curlSample,
  JavaScript: fetchSample,
};

/** Writes a command for bash, zsh and other POSIX shells. */
export function curlSample({ method, url, headers, cookies, basic, body }: ApiRequest): string {
  // curl reads brackets and braces in addresses as patterns.
  const isPattern = /[[\]{}]/.test(url.href);
  const verb = method === 'HEAD' ? ' --head' : method === 'GET' && body === undefined ? '' : ` -X ${method}`;
  const options = [
    ...(basic === undefined ? [] : [`-u ${shell(basic)}`]),
    ...headers.map(([name, value]) => `-H ${shell(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(cookies.length === 0 ? [] : [`-b ${shell(cookieHeader(cookies))}`]),
    ...curlBody(body),
  ];
  return [`curl${isPattern ? ' -g' : ''}${verb} ${shell(url.href)}`, ...options].join(' \\\n  ');
}

function curlBody(body: ApiRequest['body']): string[] {
  if (body === undefined) return [];
  // Unlike --data, it doesn't read a file if the text starts with "@".
  if (typeof body === 'string') return [`--data-raw ${shell(body)}`];
  if (body instanceof URLSearchParams) return [`--data-raw ${shell(body.toString())}`];
  return [...body].map(([name, value]) =>
    typeof value === 'string'
      ? `--form-string ${shell(`${name}=${value}`)}`
      : `-F ${shell(`${name}=@"${value.name.replace(/["\\]/g, '\\$&')}"`)}`,
  );
}

/** Quotes for a POSIX shell: between single quotes, everything but a single quote stands for itself. */
function shell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function cookieHeader(cookies: ApiRequest['cookies']): string {
  return cookies.map(([name, value]) => `${name}=${value}`).join('; ');
}

/** Writes JavaScript for browsers and Node.js. */
export function fetchSample({ method, url, headers, cookies, basic, body }: ApiRequest): string {
  const lines = [
    ...headers.map(([name, value]) => `${quoted(name)}: ${quoted(value)},`),
    ...(basic === undefined ? [] : [`"Authorization": "Basic " + btoa(${quoted(basic)}),`]),
    ...(cookies.length === 0 ? [] : [`"Cookie": ${quoted(cookieHeader(cookies))}, // not in browsers`]),
  ];
  const options = [
    ...(method === 'GET' ? [] : [`method: ${quoted(method)},`]),
    ...(lines.length === 0 ? [] : [`headers: {\n    ${lines.join('\n    ')}\n  },`]),
    ...(body === undefined ? [] : [`body: ${fetchBody(body)},`]),
  ];
  const second = options.length === 0 ? '' : `, {\n  ${options.join('\n  ')}\n}`;
  const form = body instanceof FormData ? formLines(body) : '';
  const call = `const response = await fetch(${quoted(url.href)}${second});`;
  return `${form}${call}\nconsole.log(response.status, await response.text());`;
}

function fetchBody(body: NonNullable<ApiRequest['body']>): string {
  if (body instanceof FormData) return 'form';
  if (typeof body !== 'string') return `new URLSearchParams(${quoted(body.toString())})`;
  const literal = objectLiteral(body);
  return literal === undefined ? quoted(body) : `JSON.stringify(${literal.replaceAll('\n', '\n  ')})`;
}

/**
 * Writes JSON text as an object or array of JavaScript, unless it means something else there: `__proto__` is special,
 * and large numbers lose digits.
 */
function objectLiteral(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text, refuseInfinity);
    const literal = JSON.stringify(value, null, 2);
    return typeof value !== 'object' || /__proto__|\d{16}/.test(literal) ? undefined : literal;
  } catch {
    return undefined;
  }
}

function refuseInfinity(_key: string, value: unknown): unknown {
  if (value === Infinity || value === -Infinity) throw new RangeError('Not a number of JavaScript.');
  return value;
}

function formLines(form: FormData): string {
  const lines = [...form].map(([name, value]) => {
    const part = typeof value === 'string' ? quoted(value) : `new File(["…"], ${quoted(value.name)})`;
    return `form.append(${quoted(name)}, ${part});\n`;
  });
  return `const form = new FormData();\n${lines.join('')}`;
}

/** JSON's strings are JavaScript's. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
