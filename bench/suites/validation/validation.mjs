// Measures the validation of an order, without event and response, for Lambent and other validators.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runWorker } from '../../measure/child.mjs';
import { bundleSource } from '../../prepare.mjs';
import { proofs, scenarios } from '../../scenarios.mjs';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

const validators = [
  { id: 'hand-written', name: 'hand-written', file: 'hand-written.mjs', packages: 'peers' },
  { id: 'lambent', name: 'Lambent', file: 'lambent.ts', packages: 'lambent' },
  { id: 'class-validator', name: 'class-validator', file: 'class-validator.ts', packages: 'lambent' },
  { id: 'zod', name: 'zod', file: 'zod.mjs', packages: 'peers' },
  { id: 'ajv', name: 'Ajv', file: 'ajv.mjs', packages: 'peers' },
];

/** Orders that every validator must judge correctly before the measurement. */
const checks = [...scenarios, ...proofs]
  .filter(({ request }) => request.path === '/orders')
  .map(({ title, event, answer }) => ({ title, value: JSON.parse(event.body), accepted: answer.status[0] === 201 }));

export async function validationCases({ runtime, quick }) {
  const timing = quick ? { warmUp: 160, time: 100 } : { warmUp: 1_000, time: 500 };
  const bundled = [];
  for (const { id, name, file, packages } of validators) {
    bundled.push({ id, name, bundle: await bundleSource(`validation-${id}`, join('validation', file), packages) });
  }
  return [
    { id: 'valid', title: 'valid order' },
    { id: 'invalid', title: 'four validation errors' },
  ].map(({ id, title }) => {
    const { value, accepted } = checks.find((check) => check.title === SCENARIO[id]);
    return {
      suite: 'validation',
      node: runtime.major,
      table: 'Validation, µs',
      id,
      title,
      unit: 'µs',
      baseline: 'hand-written',
      participants: bundled.map((validator) => ({
        id: validator.id,
        name: validator.name,
        sample: () =>
          runWorker(runtime.node, worker, { input: { bundle: validator.bundle, value, accepted, checks, timing } }),
      })),
    };
  });
}

const SCENARIO = { valid: 'POST, valid order', invalid: 'POST, invalid order' };
