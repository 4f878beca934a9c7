import { InjectionToken } from '../shared/token.js';
import type { JsonCodec } from './json.js';

/** The application's JSON, which writes instances as their classes say, for those who are constructed by it. */
export const JSON_CODEC = new InjectionToken<JsonCodec>('JSON_CODEC');
