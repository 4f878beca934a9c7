import { all } from './dom.js';

/** The properties of each model as they came, with everything in them closed. */
let models: ReadonlyMap<string, Node>;

/** Keeps the models for copies, before the reader opens anything in them. */
export function keepModels(): void {
  models = new Map(all('.model').map((model) => [model.id, model.querySelector('.members')!.cloneNode(true)]));
}

/** Models that consist of others, which consist of others. Deeper ones can only be a circle. */
const MAX_DEPTH = 8;

/** Copies the properties of a model to each place in an element that is visible and names it, down to closed ones. */
export function showModels(within: HTMLElement, depth = 0): void {
  if (depth > MAX_DEPTH) return;
  for (const place of all('[data-model]', within)) {
    if (place.closest('details:not([open])')) continue;
    const members = models.get(place.dataset.model!);
    delete place.dataset.model;
    if (members) place.append(members.cloneNode(true));
    showModels(place, depth + 1);
  }
}
