import { Controller, Get } from 'lambent';
import { ApiOperation, ApiSecurity } from 'lambent/openapi';
import { Public } from '../auth/public.decorator.js';
import { Health } from './health.js';

/** For load balancers and monitors: it asks nothing of the database, which would fail every target at once. */
@ApiSecurity(false)
@Public()
@Controller('health')
export class HealthController {
  @ApiOperation({ summary: 'Tell whether the service is there' })
  @Get()
  check(): Health {
    return { status: 'ok' };
  }
}
