import type { ALBEvent, ALBResult } from 'aws-lambda';
import type { HttpEventAdapter } from '../../contracts/http-event-adapter.js';
import { decode } from './decode.js';
import { detect } from './detect.js';
import { encode } from './encode.js';

/** Application Load Balancers, with and without multi-value headers. */
export const alb: HttpEventAdapter<ALBEvent, ALBResult> = {
  source: 'alb',
  detect,
  decode,
  encode,
  responseLimit: 1024 * 1024,
};
