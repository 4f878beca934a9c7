import { LambdaApplication } from 'lambent';
import { OrderModule } from './order-app.js';

const accessLog = process.env['ACCESS_LOG'] === 'on';

/** The same application with all lines going through winston, as with a format or a transport of your own. */
export const { handler } = await LambdaApplication.create(OrderModule, {
  accessLog,
  logger: { level: 'info' },
}).ready();
