import { APP_GUARD, Module } from 'lambent';
import { variable } from '../environment.js';
import { API_KEY, ApiKeyGuard } from './api-key.guard.js';
import { Caller } from './caller.js';

@Module({
  providers: [
    { provide: API_KEY, useFactory: () => variable('API_KEY', 'local-key') },
    { provide: APP_GUARD, useClass: ApiKeyGuard },
    Caller,
  ],
  exports: [Caller],
})
export class AuthModule {}
