import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  Reflector,
  SetMetadata,
  UnauthorizedException,
} from 'lambent';

const PUBLIC = 'club:public';

export const Public = (): ReturnType<typeof SetMetadata> => SetMetadata(PUBLIC, true);

@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const key = context.switchToHttp().getRequest().header('x-api-key');
    if (key === undefined) throw new UnauthorizedException(undefined, { headers: { 'www-authenticate': 'ApiKey' } });
    if (key === 'expired') throw new ForbiddenException('The key has expired');
    return key === 'secret';
  }
}
