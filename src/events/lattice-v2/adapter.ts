import type { HttpEventAdapter } from '../../contracts/http-event-adapter.js';
import { LATTICE_RESPONSE_LIMIT, type LatticeResult } from '../lattice.js';
import { decode } from './decode.js';
import { detect, type LatticeEventV2 } from './detect.js';
import { encode } from './encode.js';

/** VPC Lattice with the event structure V2. */
export const latticeV2: HttpEventAdapter<LatticeEventV2, LatticeResult> = {
  source: 'lattice-v2',
  detect,
  decode,
  encode,
  responseLimit: LATTICE_RESPONSE_LIMIT,
};
