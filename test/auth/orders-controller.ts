import { Authenticated, Roles, Scopes } from '../../src/auth/access-decorators.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Request } from '../../src/http/request/request.js';

/** Routes that require a user, a role, and a scope. */
@Controller()
@Authenticated()
export class Orders {
  @Get('me') me({ user }: Request) {
    return user;
  }
  @Get('admin') @Roles('admin') admin() {
    return 'admin';
  }
  @Get('read') @Scopes('orders:read') read() {
    return 'read';
  }
}
