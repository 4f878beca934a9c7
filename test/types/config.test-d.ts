// Compiled by `npm run types`, never run.
import * as zod from 'zod';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { ConfigModule, Duration, Env, FromParameter, FromSecret, Json, SchemaConfig } from '../../src/config/index.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { expectType, type Same } from './expect-type.js';

class ShopConfig {
  @Env() origin!: string;
  @Env({ name: 'SIZE', secret: true }) size = 1;
  @FromParameter('/a', { secret: false }) @Duration('seconds') timeout!: number;
  @FromSecret('a', { key: 'b' }) @Json() login!: { user: string };
}

void ConfigModule.forRoot(ShopConfig);
// @ts-expect-error -- a schema has no class
void ConfigModule.forRoot(zod.object({}));
// @ts-expect-error -- no unit
Duration('weeks');
// @ts-expect-error -- no option of @Env
Env({ nam: 'a' });

class Root {}
void LambdaApplication.create(Root, (app) => {
  expectType<Same<ReturnType<typeof app.get<ShopConfig>>, ShopConfig>>();
  return { cors: { origin: app.get(ShopConfig).origin } };
});
void LambdaApplication.create(Root, { guards: [], configure: async (app) => ({ etag: app.get(ShopConfig).size > 1 }) });
void Test.createTestingModule({}, (app) => ({ cors: app.get(ShopConfig).size > 1 }));
// @ts-expect-error -- guards are a part of the plan
void LambdaApplication.create(Root, () => ({ guards: [] }));
// @ts-expect-error -- the configuration has no such member
void LambdaApplication.create(Root, (app) => ({ cors: app.get(ShopConfig).cors }));
// @ts-expect-error -- no option
void LambdaApplication.create(Root, () => ({ corss: true }));

const schema = zod.object({ url: zod.url(), size: zod.number().default(1), mail: zod.email().optional() });

class SchemaBased extends SchemaConfig(schema, { url: FromSecret('a'), size: [Env('SIZE'), Duration('seconds')] }) {
  get twice() {
    return this.size * 2;
  }
}

declare const based: SchemaBased;
expectType<Same<typeof based.url, string>>();
expectType<Same<typeof based.size, number>>();
expectType<Same<typeof based.mail, string | undefined>>();
expectType<Same<typeof based.twice, number>>();
void ConfigModule.forRoot(SchemaBased);
// @ts-expect-error -- no property of the schema
SchemaConfig(schema, { none: Env() });
// @ts-expect-error -- a schema of text is no class
SchemaConfig(zod.string());
