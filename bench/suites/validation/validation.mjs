// Measures the validation of an order, without event and response, for Lambent and other validators.
import { fileURLToPath } from 'node:url';
import { runWorker } from '../../measure/child.mjs';
import { bundleSource } from '../../prepare.mjs';
import { proofs, scenarios } from '../../scenarios.mjs';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));

const validators = [
  { id: 'hand-written', title: 'hand-written', source: 'validation/hand-written.mjs', packages: 'peers' },
  { id: 'lambent', title: 'Lambent', source: 'validation/lambent.ts', packages: 'lambent' },
  { id: 'class-validator', title: 'class-validator', source: 'validation/class-validator.ts', packages: 'lambent' },
  { id: 'zod', title: 'zod', source: 'validation/zod.mjs', packages: 'peers' },
  { id: 'ajv', title: 'Ajv', source: 'validation/ajv.mjs', packages: 'peers' },
];

/** Orders that every validator must judge correctly before the measurement. */
const checks = [...scenarios, ...proofs]
  .filter(({ request }) => request.path === '/orders')
  .map(({ title, event, answer }) => ({ title, value: JSON.parse(event.body), accepted: answer.status[0] === 201 }));

export async function validationCases({ runtime, quick }) {
  const timing = quick ? { warmUp: 160, time: 100 } : { warmUp: 1_000, time: 500 };
  const bundled = [];
  for (const validator of validators) {
    const bundle = await bundleSource('validation', validator.source, validator);
    bundled.push({ id: validator.id, name: validator.title, bundle });
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
