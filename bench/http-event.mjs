// A request as an HTTP API sends it to Lambda (payload 2.0), with the headers that a browser's request carries:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
const HEADERS = {
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en-GB,en;q=0.9',
  'content-length': '0',
  host: 'api.example.com',
  origin: 'https://shop.example.com',
  referer: 'https://shop.example.com/basket',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'x-amzn-trace-id': 'Root=1-65e2f0a1-0123456789abcdef01234567',
  'x-forwarded-for': '192.0.2.17',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

/** @param request `{ method, path, query, headers, payload }`; the payload is sent as JSON */
export function httpEvent({ method = 'GET', path, query, headers, payload }) {
  const body = payload === undefined ? undefined : JSON.stringify(payload);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query === undefined ? '' : new URLSearchParams(query).toString(),
    headers: { ...HEADERS, ...bodyHeaders(body), ...headers },
    ...(query && { queryStringParameters: query }),
    requestContext: requestContext(method, path),
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

function bodyHeaders(body) {
  return body === undefined
    ? {}
    : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}

function requestContext(method, path) {
  return {
    accountId: '123456789012',
    apiId: 'a1b2c3d4e5',
    domainName: 'api.example.com',
    domainPrefix: 'api',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.17', userAgent: HEADERS['user-agent'] },
    requestId: 'JKJaXmPLvHcESHA=',
    routeKey: '$default',
    stage: '$default',
    time: '02/Mar/2026:10:15:30 +0000',
    timeEpoch: 1772446530123,
  };
}
