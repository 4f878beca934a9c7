import { fileURLToPath } from 'node:url';
import { runWorker } from './child.mjs';

const worker = fileURLToPath(new URL('size-worker.mjs', import.meta.url));

/** Returns the kB of a bundle that Node has read after the first event. */
export function loadedCode({ node }, { bundle, folder, event }) {
  return runWorker(node, worker, { input: { bundle, folder, event }, env: { ACCESS_LOG: 'on' } });
}
