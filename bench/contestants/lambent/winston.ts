import { LambdaApplication } from 'lambent';
import { OrderModule } from './order-app.js';

const accessLog = process.env['ACCESS_LOG'] === 'on';

/** The same application with every line going through winston, as those have it who add a format or a transport. */
export const { handler } = await LambdaApplication.create(OrderModule, {
  accessLog,
  logger: { level: 'info' },
}).ready();
