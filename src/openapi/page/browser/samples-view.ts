import { CODE_SAMPLES } from './code-samples.js';
import { copyButton, element } from './dom.js';
import { requestOf } from './form-request.js';

let language = Object.keys(CODE_SAMPLES)[0]!;

/** Shows the request of a form as code, with placeholders for credentials: samples are copied and shared. */
export function showSamples(form: HTMLFormElement): void {
  const samples = form.querySelector<HTMLElement>('.samples')!;
  if (samples.childElementCount === 0) samples.append(...frame(form));
  for (const tab of samples.querySelectorAll('button[aria-pressed]'))
    tab.setAttribute('aria-pressed', String(tab.textContent === language));
  samples.querySelector('pre')!.textContent = sampleOf(form);
}

function sampleOf(form: HTMLFormElement): string {
  try {
    return CODE_SAMPLES[language]!(requestOf(form, 'show'));
  } catch (error) {
    return (error as Error).message;
  }
}

function frame(form: HTMLFormElement): HTMLElement[] {
  const code = element('pre', 'code');
  code.tabIndex = 0;
  const tabs = Object.keys(CODE_SAMPLES).map((name) => {
    const tab = element('button', 'tab', name);
    tab.type = 'button';
    tab.setAttribute('aria-pressed', 'false');
    tab.addEventListener('click', () => {
      language = name;
      showSamples(form);
    });
    return tab;
  });
  const group = element('div', '', ...tabs);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Language');
  return [element('h4', '', 'Code samples'), element('div', 'row', group, copyButton(code)), code];
}
