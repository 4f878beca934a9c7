// Bundles a contestant in the Node that runs this, which makes its code cache.
//   node bundle-worker.mjs <{ input, folder, contestant } as JSON>
import { bundle } from './bundle.mjs';

const { input, folder, contestant } = JSON.parse(process.argv[2]);
await bundle(input, folder, contestant);
