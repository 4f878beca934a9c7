import { Controller, Get } from 'lambent';
import { Public } from 'lambent/auth';
import { ApiOperation } from 'lambent/openapi';
import { Health } from './health.js';

/** For load balancers and monitors: it asks nothing of the database, which would fail every target at once. */
@Public()
@Controller('health')
export class HealthController {
  @ApiOperation({ summary: 'Tell whether the service is there' })
  @Get()
  check(): Health {
    return { status: 'ok' };
  }
}
