export { encodePayloadV2 as encode } from '../payload-v2.js';
