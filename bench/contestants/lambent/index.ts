import { LambdaApplication } from 'lambent';
import { OrderModule } from './order-app.js';

const accessLog = process.env['ACCESS_LOG'] === 'on';

export const { handler } = await LambdaApplication.create(OrderModule, { accessLog }).ready();
