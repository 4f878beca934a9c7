import { InjectionToken } from '../shared/token.js';
import type { KeySet } from './jwt/jwt-options.js';

/**
 * The keys that replace those of all issuers and load balancers in a test, so that nothing is fetched:
 * `overrideProvider(TEST_KEYS).useValue(issuer.jwks)`. `null` otherwise.
 */
export const TEST_KEYS = new InjectionToken<KeySet | null>('TEST_KEYS');
