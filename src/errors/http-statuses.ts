/** The 4xx and 5xx statuses of the IANA registry, with the names that NestJS uses for their exceptions. */
export const HTTP_ERRORS = {
  400: ['BadRequest', 'Bad Request'],
  401: ['Unauthorized', 'Unauthorized'],
  402: ['PaymentRequired', 'Payment Required'],
  403: ['Forbidden', 'Forbidden'],
  404: ['NotFound', 'Not Found'],
  405: ['MethodNotAllowed', 'Method Not Allowed'],
  406: ['NotAcceptable', 'Not Acceptable'],
  407: ['ProxyAuthenticationRequired', 'Proxy Authentication Required'],
  408: ['RequestTimeout', 'Request Timeout'],
  409: ['Conflict', 'Conflict'],
  410: ['Gone', 'Gone'],
  411: ['LengthRequired', 'Length Required'],
  412: ['PreconditionFailed', 'Precondition Failed'],
  413: ['PayloadTooLarge', 'Payload Too Large'],
  414: ['UriTooLong', 'URI Too Long'],
  415: ['UnsupportedMediaType', 'Unsupported Media Type'],
  416: ['RangeNotSatisfiable', 'Range Not Satisfiable'],
  417: ['ExpectationFailed', 'Expectation Failed'],
  418: ['ImATeapot', "I'm a teapot"],
  421: ['Misdirected', 'Misdirected Request'],
  422: ['UnprocessableEntity', 'Unprocessable Entity'],
  423: ['Locked', 'Locked'],
  424: ['FailedDependency', 'Failed Dependency'],
  425: ['TooEarly', 'Too Early'],
  426: ['UpgradeRequired', 'Upgrade Required'],
  428: ['PreconditionRequired', 'Precondition Required'],
  429: ['TooManyRequests', 'Too Many Requests'],
  431: ['RequestHeaderFieldsTooLarge', 'Request Header Fields Too Large'],
  451: ['UnavailableForLegalReasons', 'Unavailable For Legal Reasons'],
  500: ['InternalServerError', 'Internal Server Error'],
  501: ['NotImplemented', 'Not Implemented'],
  502: ['BadGateway', 'Bad Gateway'],
  503: ['ServiceUnavailable', 'Service Unavailable'],
  504: ['GatewayTimeout', 'Gateway Timeout'],
  505: ['HttpVersionNotSupported', 'HTTP Version Not Supported'],
  506: ['VariantAlsoNegotiates', 'Variant Also Negotiates'],
  507: ['InsufficientStorage', 'Insufficient Storage'],
  508: ['LoopDetected', 'Loop Detected'],
  511: ['NetworkAuthenticationRequired', 'Network Authentication Required'],
} as const;

export type HttpErrorStatus = keyof typeof HTTP_ERRORS;

/** For status lines, what the table of errors has not, or spells as NestJS does. */
const OTHER_PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  208: 'Already Reported',
  226: 'IM Used',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  418: "I'm a Teapot",
};

/**
 * The reason phrase of a status, `undefined` for a number that the registry does not hold.
 *
 * A table of our own, for `node:http` costs a cold start 2.5 to 5 ms.
 */
export function reasonPhrase(statusCode: number): string | undefined {
  return OTHER_PHRASES[statusCode] ?? HTTP_ERRORS[statusCode as HttpErrorStatus]?.[1];
}

/** The reason phrase of an error status; `Error` for a number that the registry does not hold. */
export function errorStatusText(statusCode: number): string {
  return HTTP_ERRORS[statusCode as HttpErrorStatus]?.[1] ?? 'Error';
}
