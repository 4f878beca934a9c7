import { gzipSync } from 'node:zlib';
import type { HttpEventRequest } from '../../../src/testing/http-events.js';
import { accessLine, type Exchange, failure, json, type Line } from './exchange.js';

const key = { 'x-api-key': 'secret' };

function post(url: string, payload: unknown, headers: Record<string, string> = key): HttpEventRequest {
  return { method: 'POST', url, payload, headers };
}

const stamped = { 'x-stamp': 'seen' };
const ada = {
  memberId: 7,
  name: 'Ada Lovelace',
  joined: '2026-01-02',
  address: { city: 'London' },
  fee: '12.5 £',
  initials: 'AL',
};
const memberList = { listing: { members: [ada] }, byCity: { London: { first: ada } } };

const lists: Exchange[] = [
  {
    request: { url: '/members?limit=2&paid=false' },
    answer: json(200, { page: { limit: 2, paid: false }, ...memberList }, stamped),
    log: [accessLine('/members', { cold_start: true })],
  },
  {
    request: { url: '/members?page=3&ids=1&ids=2&sort=NAME' },
    answer: json(200, { page: { limit: 20, page: 3, ids: [1, 2], sort: 'name' }, ...memberList }, stamped),
    log: [accessLine('/members')],
  },
  {
    request: { url: '/members?page=x&ids=1&ids=&limit=' },
    answer: json(422, {
      detail: [
        { loc: ['query', 'limit'], msg: 'limit must not be greater than 50', type: 'max' },
        { loc: ['query', 'limit'], msg: 'limit must be an integer number', type: 'isInt' },
        { loc: ['query', 'pageNumber'], msg: 'pageNumber must be an integer number', type: 'isInt' },
        { loc: ['query', 'ids'], msg: 'each value in ids must be an integer number', type: 'isInt' },
      ],
    }),
    log: [accessLine('/members')],
  },
];

const members: Exchange[] = [
  { request: { url: '/members/7' }, answer: json(200, ada, stamped), log: [accessLine('/members/:id', { member: 7 })] },
  {
    request: { url: '/members/8' },
    answer: failure(404, 'There is no member 8'),
    log: [accessLine('/members/:id', { member: 8, error_detail: { id: 8 } })],
  },
  {
    request: { url: '/members/8' },
    throughWinston: true,
    answer: failure(404, 'There is no member 8'),
    log: [accessLine('/members/:id', { member: 8, error_detail: { id: 8 }, cold_start: true })],
  },
  {
    request: { url: '/members/seven' },
    answer: failure(422, [{ loc: ['path', 'id'], msg: 'id must be a number', type: 'isNumber' }]),
    log: [accessLine('/members/:id')],
  },
  {
    request: { url: '/members/export' },
    answer: {
      statusCode: 200,
      headers: { 'content-type': 'text/csv; charset=utf-8', ...stamped },
      body: '7,Ada Lovelace',
    },
    log: [accessLine('/members/export')],
  },
  {
    request: { url: '/members/first' },
    answer: { statusCode: 301, headers: { location: '/members/7', ...stamped }, body: '' },
    log: [accessLine('/members/first')],
  },
  {
    request: { method: 'DELETE', url: '/members/7', headers: key },
    answer: { statusCode: 204, headers: stamped, body: '' },
    log: [accessLine('/members/:id')],
  },
];

const newMember = {
  name: '  Grace Hopper ',
  email: 'grace@example.com',
  plan: 'family',
  persons: 3,
  joined: '2026-03-04T00:00:00.000Z',
  address: { street: 'Navy Yard 1', city: 'New York' },
  phones: [{ number: '1', priority: 1 }, { number: '2' }],
};

const validation: Exchange[] = [
  {
    request: post('/members', newMember),
    answer: json(
      201,
      {
        member: {
          memberId: 8,
          name: 'Grace Hopper',
          joined: '2026-03-04',
          address: { city: 'New York' },
          initials: 'GH',
        },
        built: true,
        sent: '  Grace Hopper ',
        phones: newMember.phones,
      },
      stamped,
    ),
    log: [accessLine('/members')],
  },
  {
    request: post('/members', {
      ...newMember,
      plan: 'group',
      persons: undefined,
      address: { city: 'N' },
      phones: [{ priority: 0 }],
    }),
    answer: failure(422, [
      { loc: ['body', 'plan'], msg: 'plan must be one of the following values: single, family', type: 'isEnum' },
      { loc: ['body', 'address', 'street'], msg: 'street must be a string', type: 'isString' },
      { loc: ['body', 'address', 'city'], msg: 'city must be longer than or equal to 2 characters', type: 'minLength' },
      { loc: ['body', 'phones', 0, 'number'], msg: 'number must be a string', type: 'isString' },
      { loc: ['body', 'phones', 0, 'priority'], msg: 'priority must not be less than 1', type: 'min' },
    ]),
    log: [accessLine('/members')],
  },
  {
    request: post('/members', { ...newMember, email: 'grace', persons: undefined, joined: 'soon', phones: {} }),
    answer: failure(422, [
      { loc: ['body', 'email'], msg: 'email must be an email', type: 'isEmail' },
      { loc: ['body', 'persons'], msg: 'persons must not be less than 2', type: 'min' },
      { loc: ['body', 'persons'], msg: 'persons must be an integer number', type: 'isInt' },
      { loc: ['body', 'joined'], msg: 'joined must be a Date instance', type: 'isDate' },
      { loc: ['body', 'phones'], msg: 'phones must contain no more than 3 elements', type: 'arrayMaxSize' },
      { loc: ['body', 'phones'], msg: 'phones must be an array', type: 'isArray' },
    ]),
    log: [accessLine('/members')],
  },
  {
    request: post('/members', { ...newMember, signature: 5 }),
    answer: failure(422, [{ loc: ['body', 'signature'], msg: 'signature could not be converted', type: 'conversion' }]),
    log: [accessLine('/members')],
  },
  {
    request: post('/members', '{"name":'),
    answer: failure(400, 'The body is not valid JSON'),
    log: [accessLine('/members', { error_detail: 'The text has 8 characters and is not valid JSON' })],
  },
];

const guards: Exchange[] = [
  {
    request: post('/members', newMember, {}),
    answer: failure(401, 'Unauthorized', { 'www-authenticate': 'ApiKey' }),
    log: [accessLine('/members')],
  },
  {
    request: post('/members', newMember, { 'x-api-key': 'expired' }),
    answer: failure(403, 'The key has expired'),
    log: [accessLine('/members')],
  },
  {
    request: post('/members', newMember, { 'x-api-key': 'wrong' }),
    answer: failure(403, 'Forbidden'),
    log: [accessLine('/members')],
  },
];

const id = '6f1c1f3e-7a0f-4f0e-9a52-7d0f5e7b6a11';

const parameters: Exchange[] = [
  {
    request: { url: '/http/types', headers: { 'user-agent': 'formats', 'x-tenant': 'acme' } },
    answer: {
      ...json(203, { path: '/http/types', aborted: false, agent: 'by formats', tenant: 'acme' }),
      cookies: ['seen=yes; HttpOnly'],
    },
    log: [
      { level: 'info', message: 'By type', path_: '/http/types' },
      accessLine('/http/types', { client_user_agent: 'formats', tenant: 'acme' }),
    ],
  },
  {
    request: {
      url: `/http/values?tag=a&tag=b&since=2026-01-02&on=1&id=${id}`,
      headers: { cookie: 'theme=dark', 'x-count': '3' },
    },
    answer: json(200, { tags: ['a', 'b'], since: '2026-01-02T00:00:00.000Z', on: true, id, theme: 'dark', count: 3 }),
    log: [accessLine('/http/values')],
  },
  {
    request: { url: '/http/values?tag=a&since=yesterday&on=maybe&id=6', headers: { 'x-count': '' } },
    answer: failure(422, [
      { loc: ['query', 'since'], msg: 'since must be a date of ISO 8601', type: 'isDate' },
      { loc: ['query', 'on'], msg: 'on must be true or false', type: 'isBoolean' },
      { loc: ['query', 'id'], msg: 'id must be a UUID', type: 'isUuid' },
      { loc: ['header', 'x-count'], msg: 'x-count must be a number', type: 'isNumber' },
    ]),
    log: [accessLine('/http/values')],
  },
];

function multipart(photo: string): HttpEventRequest {
  const parts = [
    'content-disposition: form-data; name="caption"\r\n\r\nA portrait',
    `content-disposition: form-data; name="photo"; filename="../me.png"\r\ncontent-type: image/png\r\n\r\n${photo}`,
  ];
  const body = `${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`;
  return post('/http/photo', Buffer.from(body, 'latin1'), { 'content-type': 'multipart/form-data; boundary=edge' });
}

const urlEncoded = { 'content-type': 'application/x-www-form-urlencoded' };

const forms: Exchange[] = [
  {
    request: post('/http/feedback', 'text=well+done&stars=5&anonymous=false', urlEncoded),
    answer: json(200, { text: 'well done', stars: 5, anonymous: false, built: true }),
    log: [accessLine('/http/feedback')],
  },
  {
    request: post('/http/feedback', 'stars=many&anonymous=0', urlEncoded),
    answer: failure(422, [
      { loc: ['body', 'text'], msg: 'text must be a string', type: 'isString' },
      { loc: ['body', 'stars'], msg: 'stars must be an integer number', type: 'isInt' },
    ]),
    log: [accessLine('/http/feedback')],
  },
  {
    request: multipart('\xff\x00\x80'),
    answer: json(200, { caption: 'A portrait', name: 'me.png', type: 'image/png', bytes: [255, 0, 128], isFile: true }),
    log: [accessLine('/http/photo')],
  },
  {
    request: multipart('more than eight bytes'),
    answer: failure(413, 'The file "photo" has more than 8 bytes'),
    log: [accessLine('/http/photo')],
  },
];

const feedback = { text: 'Größe', stars: 5, anonymous: false, built: true };
const accepted = 'application/x-www-form-urlencoded or multipart/form-data';
const dressed = [
  'content-disposition: form-data; name="caption"\r\ncontent-type: application/json\r\n\r\n"A portrait"',
  `content-disposition: form-data; name="photo"; filename="x"; filename*=UTF-8''%22me%22.png\r\ncontent-type: image/png\r\n\r\nx`,
];

/** What comes in another dress: inflated, decoded, refused. */
const dresses: Exchange[] = [
  {
    request: post('/http/feedback', gzipSync('text=Gr%C3%B6%C3%9Fe&stars=5&anonymous=false'), {
      ...urlEncoded,
      'content-encoding': 'gzip',
    }),
    answer: json(200, feedback),
    log: [accessLine('/http/feedback')],
  },
  {
    request: post('/http/feedback', 'text=Gr%F6%DFe&stars=5&anonymous=false', {
      'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1',
    }),
    answer: json(200, feedback),
    log: [accessLine('/http/feedback')],
  },
  {
    request: post('/http/feedback', '{}', { 'content-type': 'application/json' }),
    answer: failure(415, `The body has to be ${accepted}, not application/json`),
    log: [accessLine('/http/feedback')],
  },
  {
    request: post('/http/photo', `${dressed.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`, {
      'content-type': 'multipart/form-data; boundary=edge',
    }),
    answer: json(200, { caption: 'A portrait', name: '"me".png', type: 'image/png', bytes: [120], isFile: true }),
    log: [accessLine('/http/photo')],
  },
  {
    request: { url: `/http/values?tag[]=a&since=2026-01-02&on=1&id=${id}`, headers: { 'x-count': '3' } },
    answer: json(200, { tags: ['a'], since: '2026-01-02T00:00:00.000Z', on: true, id, count: 3 }),
    log: [accessLine('/http/values')],
  },
  { request: { url: '/http/bytes/' }, answer: failure(404, 'Not Found'), log: [accessLine(undefined)] },
];

const results: Exchange[] = [
  {
    request: { url: '/http/bytes' },
    answer: {
      statusCode: 200,
      headers: { 'content-type': 'application/octet-stream' },
      body: '//4AgA==',
      isBase64Encoded: true,
    },
    log: [accessLine('/http/bytes')],
  },
  {
    request: { url: '/http/stream' },
    answer: { statusCode: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'one two' },
    log: [accessLine('/http/stream')],
  },
  { request: { url: '/teams' }, answer: json(200, 'Grace coaches the team of Grace'), log: [accessLine('/teams')] },
  { request: { url: '/reports/monthly' }, answer: json(200, { members: 1 }), log: [accessLine('/reports/monthly')] },
];

const varying = { vary: 'origin' };
const answers: Exchange[] = [
  {
    request: { url: '/answers/csv' },
    answer: { statusCode: 200, headers: { 'content-type': 'text/csv', ...varying }, body: 'a,"b"\n' },
    log: [accessLine('/answers/csv')],
  },
  { request: { url: '/answers/taken' }, answer: failure(409, 'taken', varying), log: [accessLine('/answers/taken')] },
  {
    request: { url: '/answers/blob' },
    answer: {
      statusCode: 200,
      headers: { 'content-length': '7', 'content-type': 'text/csv', ...varying },
      body: 'one two',
    },
    log: [accessLine('/answers/blob')],
  },
  {
    request: { url: '/answers/web' },
    answer: json(201, { a: 1 }, { 'x-web': '1', ...varying }),
    log: [accessLine('/answers/web')],
  },
  {
    request: { url: '/answers/gone' },
    answer: failure(410, 'Gone for good', varying),
    log: [accessLine('/answers/gone')],
  },
  {
    request: { method: 'PUT', url: '/answers/csv', headers: { origin: 'https://app.example' } },
    answer: failure(405, 'Method Not Allowed', {
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': 'https://app.example',
      ...varying,
    }),
    log: [accessLine(undefined)],
  },
];

const errors: Exchange[] = [
  {
    request: { url: '/http/slow' },
    answer: failure(504, 'Gateway Timeout'),
    log: [accessLine('/http/slow', { error_detail: 'Timed out after 0.05 s' })],
  },
  {
    request: { url: '/http/teapot' },
    answer: failure(418, { short: 'stout' }, { 'x-tea': 'green' }),
    log: [accessLine('/http/teapot')],
  },
  {
    request: { url: '/http/full' },
    answer: json(409, { full: true, seats: 40 }),
    log: [{ level: 'warning', message: 'Full', seats: 40, route_: '/http/full' }, accessLine('/http/full')],
  },
  {
    request: { url: '/http/broken' },
    answer: { thrown: { name: 'RangeError', message: 'An index is out of bounds' } },
    log: [accessLine('/http/broken', { error_detail: 'RangeError: An index is out of bounds' })],
  },
  {
    request: { method: 'PUT', url: '/members/7' },
    answer: failure(405, 'Method Not Allowed', { allow: 'GET, HEAD, DELETE, OPTIONS' }),
    log: [accessLine(undefined)],
  },
  { request: { url: '/nowhere' }, answer: failure(404, 'Not Found'), log: [accessLine(undefined)] },
];

const looking = (title: string): Line => ({ level: 'info', message: 'Looking for a book', title });

/** The library's own copy of Lambent makes these answers, errors and log lines, where it has one. */
const library: Exchange[] = [
  {
    request: { url: '/shelf/plain' },
    answer: json(200, { library: 'The old library', books: [{ title: 'plain' }] }),
    log: [looking('plain'), accessLine('/shelf/:title', { title: 'plain' })],
  },
  {
    request: { url: '/shelf/Emma' },
    answer: { ...json(202, { library: 'The old library', title: 'Emma' }, { 'x-shelf': 'B' }), cookies: ['read=Emma'] },
    log: [looking('Emma'), accessLine('/shelf/:title', { title: 'Emma' })],
  },
  {
    request: { url: '/shelf/nothing' },
    answer: failure(404, 'No such book'),
    log: [looking('nothing'), accessLine('/shelf/:title', { title: 'nothing', error_detail: 'looked everywhere' })],
  },
  {
    request: { url: '/shelf/told' },
    answer: json(200, { http: true, notFound: true }),
    log: [looking('nothing'), accessLine('/shelf/told', { title: 'nothing' })],
  },
  {
    request: { url: '/shelf/filtered' },
    answer: json(410, { legacy: 'Our own error' }),
    log: [accessLine('/shelf/filtered', { error_detail: 'Our own error' })],
  },
];

/** Sent one after the other, with the answers and log lines that every format has to give. */
export const exchanges: readonly Exchange[] = [
  lists,
  members,
  validation,
  guards,
  parameters,
  forms,
  dresses,
  results,
  answers,
  errors,
  library,
].flat();
