import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { Order } from '../shared/order.dto.js';

export async function accepts(value: object) {
  const errors = await validate(plainToInstance(Order, value));
  return errors.length === 0;
}
