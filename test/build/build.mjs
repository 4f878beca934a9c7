// Builds applications with the built package, one after the other, and prints what came of it as JSON.
//   node build.mjs <file with a list of options of build()>
import { readFileSync } from 'node:fs';
import { build } from '../../dist/esm/build/index.js';

const failure = ({ name, message }) => ({ failure: { name, message } });
const printed = [];
for (const options of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const lines = [];
  const terminal = { log: (text) => lines.push(text), warn: (text) => lines.push(text) };
  printed.push({ ...(await build({ ...options, terminal }).catch(failure)), lines });
}
process.stdout.write(JSON.stringify(printed));
