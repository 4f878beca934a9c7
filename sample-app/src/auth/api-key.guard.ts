import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  For,
  Inject,
  Injectable,
  InjectionToken,
  Reflector,
  UnauthorizedException,
} from 'lambent';
import { PUBLIC } from './public.decorator.js';

/** The key that callers send in `x-api-key`. */
export const API_KEY = new InjectionToken<string>('API_KEY');

/**
 * Allows requests that carry the key, and all requests to `@Public()` routes. Events of queues, streams and schedules
 * are protected by AWS permissions.
 */
@For('http')
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly expected: Buffer;

  constructor(
    @Inject(API_KEY) key: string,
    private readonly reflector: Reflector,
  ) {
    this.expected = digest(key);
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    if (this.matches(context.request.header('x-api-key'))) return true;
    throw new UnauthorizedException('Send your API key in the header x-api-key', {
      headers: { 'www-authenticate': 'ApiKey' },
    });
  }

  private matches(key: string | undefined): boolean {
    return key !== undefined && timingSafeEqual(digest(key), this.expected);
  }
}

/** Hashes a key to a fixed length, which a constant-time comparison needs. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
