// The script of the documentation page, which runs in the browser. `npm run page-script` bundles it into
// ../page-script.ts.
import { ownServer } from './address.js';
import { keepCredentials } from './credentials.js';
import { all, byId } from './dom.js';
import { placeOfPage } from './form-request.js';
import { showExamples } from './json-view.js';
import { renderMarkdown } from './markdown.js';
import { keepModels, showModels } from './models.js';
import { keepAddress, navigate } from './navigation.js';
import { showSamples } from './samples-view.js';
import { tryOperations } from './try-it.js';

const forms = all<HTMLFormElement>('form.try');
renderMarkdown(document);
keepModels();
tryOperations(forms);
for (const form of forms) form.addEventListener('input', () => showSamples(form));
const server = byId<HTMLSelectElement>('page/server')!;
server.value = ownServer(placeOfPage()) ?? server.value;
server.addEventListener('change', showOpenSamples);
keepCredentials(showOpenSamples);
// Nothing is done for what is closed: a large document has hundreds of operations.
document.addEventListener('toggle', ({ target }) => opened(target as HTMLElement), { capture: true });
navigate();

function opened(target: HTMLElement): void {
  if (!(target instanceof HTMLDetailsElement) || !target.open) return;
  showModels(target);
  if (!target.matches('.card')) return;
  showExamples(target);
  keepAddress(target);
  const form = target.querySelector<HTMLFormElement>('form.try');
  if (form) showSamples(form);
}

/** Those that are closed are written when they are opened. */
function showOpenSamples(): void {
  for (const form of all<HTMLFormElement>('.operation[open] form.try')) showSamples(form);
}
