import type { ApiRequest } from './code-samples.js';
import { element } from './dom.js';
import { requestOf } from './form-request.js';
import { showResponse } from './response-view.js';

/** Sends the request of each form, and shows its response below. */
export function tryOperations(forms: readonly HTMLFormElement[]): void {
  for (const form of forms) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form);
    });
    for (const choice of form.querySelectorAll<HTMLSelectElement>('[data-choose]'))
      choice.addEventListener('change', () => choose(choice, form));
  }
}

/** Shows the fields of another media type, or fills in another example. */
function choose(choice: HTMLSelectElement, form: HTMLFormElement): void {
  if (choice.dataset.choose === 'example') {
    choice.closest('fieldset')!.querySelector('textarea')!.value = choice.value;
    return;
  }
  for (const fieldset of form.querySelectorAll<HTMLFieldSetElement>('fieldset[data-media]'))
    fieldset.hidden = fieldset.disabled = fieldset.dataset.media !== choice.value;
}

async function send(form: HTMLFormElement): Promise<void> {
  const outcome = form.querySelector<HTMLElement>('.outcome')!;
  const output = form.querySelector<HTMLElement>('.output')!;
  const [button, cancel] = form.querySelectorAll<HTMLButtonElement>('.actions button') as unknown as [
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  const controller = new AbortController();
  output.replaceChildren();
  outcome.textContent = 'Sending…';
  button.disabled = true;
  cancel.hidden = false;
  cancel.addEventListener('click', () => controller.abort(), { signal: controller.signal });
  try {
    const request = requestOf(form, 'send');
    output.append(element('p', 'sent', `${request.method} ${shownAddress(form)}`));
    const start = performance.now();
    const response = await fetch(request.url, initOf(request, controller.signal));
    await showResponse({ response, outcome, output, milliseconds: performance.now() - start });
  } catch (error) {
    outcome.replaceChildren(element('span', 'status s5', messageOf(error as Error, controller.signal)));
  } finally {
    button.disabled = false;
    cancel.hidden = true;
    // Takes the listener of this request from the button.
    controller.abort();
  }
}

/** Keys in the address stay hidden: somebody may look at the screen. */
function shownAddress(form: HTMLFormElement): string {
  return requestOf(form, 'show').url.href;
}

function initOf({ method, headers, basic, takesCookies, body }: ApiRequest, signal: AbortSignal): RequestInit {
  const sent = new Headers(headers.map(([name, value]) => [name, value]));
  // Basic credentials are the base64 of UTF-8; `btoa` takes one byte a character.
  if (basic !== undefined)
    sent.set('Authorization', `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(basic)))}`);
  // Other servers get cookies only where the operation has some: with credentials, CORS is stricter.
  const credentials = takesCookies ? 'include' : 'same-origin';
  return { method, headers: sent, credentials, signal, ...(body !== undefined && { body }) };
}

function messageOf({ message }: Error, { aborted }: AbortSignal): string {
  if (aborted) return 'Cancelled.';
  return `No response: ${message}. Does the server allow requests from this page (CORS)?`;
}
