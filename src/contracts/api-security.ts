import { InjectionToken } from '../shared/token.js';

/** A security scheme of an API document. */
export type ApiSecurityScheme =
  | { readonly type: 'http'; readonly scheme: string; readonly bearerFormat?: string; readonly description?: string }
  | {
      readonly type: 'apiKey';
      readonly in: 'header' | 'query' | 'cookie';
      readonly name: string;
      readonly description?: string;
    };

/**
 * The security schemes that a module brings, by name. Each of them is enough for the routes that `AuthGuard` guards.
 * Modules provide it as a value, for the API document; nobody injects it.
 */
export const API_SECURITY = new InjectionToken<Readonly<Record<string, ApiSecurityScheme>>>('API_SECURITY');
