import type { HttpEventAdapter } from '../../contracts/http-event-adapter.js';
import { LATTICE_RESPONSE_LIMIT, type LatticeResult } from '../lattice.js';
import { decode } from './decode.js';
import { detect, type LatticeEventV1 } from './detect.js';
import { encode } from './encode.js';

/** VPC Lattice with the event structure V1. */
export const latticeV1: HttpEventAdapter<LatticeEventV1, LatticeResult> = {
  source: 'lattice-v1',
  detect,
  decode,
  encode,
  responseLimit: LATTICE_RESPONSE_LIMIT,
};
