import { Controller, Get } from 'lambent';
import { Public } from '../auth/public.decorator.js';

/** For load balancers and monitors: it asks nothing of the database, which would fail every target at once. */
@Public()
@Controller('health')
export class HealthController {
  @Get()
  check() {
    return { status: 'ok' };
  }
}
