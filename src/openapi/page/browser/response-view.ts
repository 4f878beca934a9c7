import { copyButton, element } from './dom.js';
import { showJson } from './json-view.js';

interface Shown {
  readonly response: Response;
  /** The line that says how it went, which screen readers read out. */
  readonly outcome: HTMLElement;
  readonly output: HTMLElement;
  readonly milliseconds: number;
}

/** Shows a response: its status, headers and body. A stream is shown as it arrives. */
export async function showResponse({ response, outcome, output, milliseconds }: Shown): Promise<void> {
  const { status, statusText, headers } = response;
  const size = element('small', '', ` ${Math.round(milliseconds)} ms`);
  outcome.replaceChildren(element('span', `status s${String(status)[0]}`, `${status} ${statusText}`), size);
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  const list = element('pre', '', lines);
  list.tabIndex = 0;
  output.append(element('details', 'example', element('summary', '', 'Headers'), list));
  const type = headers.get('content-type') ?? '';
  const body = element('pre', 'body');
  body.tabIndex = 0;
  if (isStream(type)) {
    output.append(body);
    return showStream(response, body);
  }
  const blob = await response.blob();
  size.textContent += `, ${blob.size} bytes`;
  if (blob.size === 0) return;
  if (!/json|text|xml|csv|javascript/.test(type)) return output.append(downloadLink(blob));
  showJson(body, await blob.text());
  output.append(element('div', 'row', element('h5', '', 'Response body'), copyButton(body)), body);
}

function isStream(type: string): boolean {
  return /^(?:text\/event-stream|application\/(?:x-ndjson|jsonl|json-seq|stream\+json))\b/.test(type);
}

async function showStream({ body }: Response, target: HTMLElement): Promise<void> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) target.append(part.value);
}

function downloadLink(blob: Blob): HTMLAnchorElement {
  const link = element('a', '', `Save the response (${blob.type || 'no type'})`);
  link.href = URL.createObjectURL(blob);
  link.download = '';
  return link;
}
