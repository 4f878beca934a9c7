import { LambdaApplication } from 'lambent';
import { inject } from 'lambent/testing';
import { AppModule } from '../../../sample-app/src/app.module.js';
import { options } from '../../../sample-app/src/options.js';

// Started by sample-app-tracing.test.ts, with variables of OpenTelemetry: places an order, and prints its status last.
// Not with the test kit's application, which logs nothing.
async function main(): Promise<void> {
  const app = await LambdaApplication.create(AppModule, options).ready();
  const payload = {
    customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }],
  };
  const headers = { 'x-api-key': 'local-key' };
  const { statusCode } = await inject(app, { method: 'POST', url: '/orders', headers, payload });
  await app.close();
  console.log(`status ${statusCode}`);
}

void main();
