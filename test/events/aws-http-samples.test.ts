import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import { recordOf } from '../../src/http/request/query.js';
import type { RequestSource } from '../../src/http/request/request-source.js';

interface HttpFacts {
  method: string;
  pathDecoded: string;
  query: Record<string, string[]>;
  headersSample?: Record<string, string>;
  cookies?: string[];
  sourceIp: string;
  bodyText?: string;
  bodyBytes?: number;
}

interface Entry {
  file: string;
  kind: string;
  http?: HttpFacts;
}

const sources: Record<string, string> = {
  'apigw-v1': 'api-gateway-v1',
  'apigw-v2': 'api-gateway-v2',
  furl: 'function-url',
  alb: 'alb',
  'alb-multi': 'alb',
};

const folder = join(__dirname, '../../../shared/events');
const present = existsSync(join(folder, 'INDEX.json'));
const entries: Entry[] = present ? (JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) as Entry[]) : [];
const requests = entries.filter((entry) => entry.http !== undefined);
const others = entries.filter((entry) => entry.http === undefined);

function read({ file }: Entry): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

function decode(entry: Entry): RequestSource {
  const event = read(entry);
  return detectHttpAdapter(event)!.decode(event, {});
}

const describeSamples = present ? describe : describe.skip;

describeSamples("AWS's own sample events (skipped where ../shared/events is absent)", () => {
  it('hold requests and other events', () => {
    expect([requests.length > 10, others.length > 100]).toEqual([true, true]);
  });

  // Jest wants a row in every table, also in a skipped one.
  it.each(rows(requests))('%s is taken by the adapter of its source', (_, entry) => {
    expect(detectHttpAdapter(read(entry))?.source).toBe(sources[entry.kind]);
  });

  it.each(rows(requests))('%s gives the method, path, query, address and body that it holds', (_, entry) => {
    const source = decode(entry);
    const { method, pathDecoded, query, sourceIp, bodyText, bodyBytes } = entry.http!;
    expect({
      method: source.method,
      pathDecoded: decodeURIComponent(source.path),
      query: listsOf(source),
      sourceIp: source.ip,
      bodyText: source.text() ?? undefined,
      bodyBytes: source.body()?.length,
    }).toEqual({ method, pathDecoded, query, sourceIp, bodyText, bodyBytes });
  });

  it.each(rows(requests))('%s gives the headers and cookies that it holds', (_, entry) => {
    const source = decode(entry);
    const { headersSample = {}, cookies } = entry.http!;
    const expected = cookies === undefined ? headersSample : { ...headersSample, cookie: cookies.join('; ') };
    const headers = Object.keys(expected).map((name) => [name, source.header(name.toLowerCase())]);
    expect(Object.fromEntries(headers)).toEqual(expected);
  });

  it.each(rows(others))('%s is no HTTP request', (_, entry) => {
    expect(detectHttpAdapter(read(entry))).toBeUndefined();
  });
});

function rows(list: Entry[]): [string, Entry][] {
  return list.length === 0 ? [['none', { file: '', kind: '' }]] : list.map((entry) => [entry.file, entry]);
}

function listsOf(source: RequestSource): Record<string, string[]> {
  const lists = Object.entries(recordOf(source.queryPairs())).map(([name, value]) => [name, [value].flat()]);
  return Object.fromEntries(lists) as Record<string, string[]>;
}
