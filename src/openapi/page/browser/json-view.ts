import { all, element } from './dom.js';
import { jsonPieces } from './json-pieces.js';

/** Shows text in an element: indented and coloured if it is JSON, and else as it is. */
export function showJson(target: HTMLElement, text: string): void {
  const pieces = jsonPieces(text);
  if (!pieces) target.textContent = text;
  else
    target.replaceChildren(
      ...pieces.map(([kind, piece]) => (kind === '' ? piece : element('span', `j-${kind}`, piece))),
    );
}

/** Colours the examples in an element, once. */
export function showExamples(within: ParentNode): void {
  for (const example of all('[data-json]', within)) {
    delete example.dataset.json;
    showJson(example, example.textContent);
  }
}
