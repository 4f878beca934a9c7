import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from '../../../src/build/build-options.js';
import { type HttpEventRequest, httpEvents } from '../../../src/testing/http-events.js';
import { run } from '../../integration/formats/project.js';
import { repository } from '../../package/manifest.js';
import { type BuildProject, type Built, createBuildProject, type Outcome } from '../project.js';

const app = (body: string, create = 'export const { handler } = LambdaApplication.create(AppModule);') => `
import * as lambent from 'lambent';
import { Body, Controller, forwardRef, Get, Header, Inject, Injectable, InjectionToken, LambdaApplication, Logger, Module,
  OnSqs, Param, ParseIntPipe, Post, Query, Record, Reflector, Request, Scope, SetMetadata, UseGuards } from 'lambent';
${body}
${create}`;

const sources = {
  'src/plain.ts': app(`
    const TOKEN = Symbol('secret'), OTHER = new InjectionToken<number>('other');
    @Injectable() class Store { constructor(@Inject(TOKEN) readonly name: string, @Inject(OTHER) readonly n: number) {} }
    @Injectable({ scope: Scope.REQUEST }) class Caller { constructor(readonly request: Request, readonly store: Store) {} }
    @Injectable() class Never { constructor(readonly reflector: Reflector) {} canActivate(context: any) { return this.reflector.get('open', context.getHandler()) !== false; } }
    const admin = { canActivate: ({ switchToHttp }: any) => true };
    @Controller('/orders') @UseGuards(Never, admin) class Orders {
      constructor(readonly store: Store, readonly logger: Logger) {}
      @Get(':id') @Header('x-kind', 'order') get(@Param('id', new ParseIntPipe({ optional: true })) id: number, caller: Request) {
        return { id, name: this.store.name, n: this.store.n, path: caller.path };
      }
      @Get('closed/now') @SetMetadata('open', false) closed() { return 1; }
      @Post() create(@Inject() caller: Caller) { return { path: caller.request.path, same: caller.store === this.store }; }
    }
    const settings = { shared: true };
    @Module({ controllers: [Orders], providers: [Store, Caller, { provide: TOKEN, useFactory: async (n: number) => 'store ' + n, inject: [OTHER] }, { provide: OTHER, useValue: 7 }, { provide: 'settings', useValue: settings }] })
    class AppModule {}`),
  // Names that collide with those of the emitted text, of the language and of each other.
  'src/hostile.ts': `import { LambdaApplication } from 'lambent';\nimport { AppModule } from './hostile/app.js';
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/hostile/app.ts': `
    import { Module } from 'lambent';
    import { Orders } from './a.js';
    import { Orders as Others } from './b.js';
    import { make, options } from './c.js';
    @Module({ controllers: [Orders, Others, make, options as any], providers: [{ provide: '</script>\\u2028', useFactory: () => 1 }, { provide: '__proto__', useFactory: () => 2 }] })
    export class AppModule {}`,
  ...Object.fromEntries(
    ['a', 'b'].map((name) => [
      `src/hostile/${name}.ts`,
      `import { Controller, Get, Inject } from 'lambent';
       @Controller('/${name}') export class Orders { constructor(@Inject('__proto__') readonly n: number) {} @Get() get() { return ['${name}', Orders.name.length > 0, this.n]; } }`,
    ]),
  ),
  'src/hostile/c.ts': `
    import { Controller, Get, Inject } from 'lambent';
    @Controller('/make') export class make { constructor(@Inject('</script>\\u2028') readonly n: number) {} @Get() 'it\\'s "here"'() { return this.n; } @Get('proto') __proto__() { return 'own'; } }
    const named = { ['class']: class {} }['class']!;
    Object.defineProperty(named.prototype, 'constructor', { value: named });
    @Controller('/options') export class options { static readonly root = 1; @Get() [Symbol.for('a.b')]() { return 'symbol'; } }`,
  'src/waits.ts': app(
    `import { setTimeout } from 'node:timers/promises';
     const started = await setTimeout(5, 'started');
     @Controller('/') class Root { @Get() get() { return started; } }
     @Module({ controllers: [Root] }) class AppModule {}`,
    `const app = await LambdaApplication.create(AppModule).ready();
     @Controller('/late') class Late { @Get() get() { return 'late'; } }
     @Module({ controllers: [Late] }) class LateModule {}
     export const { handler } = app;
     export const late = LambdaApplication.create(LateModule).handler;`,
  ),
  'src/api.ts': app(
    `@Controller('/api') class Api { @Get() get() { return 'api'; } } @Module({ controllers: [Api] }) class AppModule {}`,
  ),
  'src/jobs.ts': app(
    `import { shared } from './jobs/shared.js'; @Controller('/jobs') class Jobs { @Get() get() { return shared(); } } @Module({ controllers: [Jobs] }) class AppModule {}`,
  ),
  'src/jobs/shared.ts': `export const shared = () => 'jobs';`,
  'src/environment.ts': app(
    `
    @Controller('/first') class First { @Get() get() { return 'first'; } }
    @Controller('/second') class Second { @Get() get() { return 'second'; } }
    @Module({}) class Chosen { static forRoot() { return { module: Chosen, controllers: process.env['SECOND'] ? [Second] : [First] }; } }
    @Module({ imports: [Chosen.forRoot()] }) class AppModule {}`,
    `export const { handler } = LambdaApplication.create(AppModule, {
       cors: process.env['ORIGIN'] ? { origin: process.env['ORIGIN'] } : true,
       ...(process.env['WRONG'] ? { etag: 'yes' } : {}),
     } as object);`,
  ),
  'src/commonjs.ts': app(`
    import { Old } from 'old-package';
    import { increment } from 'old-package/counter.js';
    @Controller('/') class Root { constructor(readonly old: Old) {} @Get() get() { return [this.old.name(), increment()]; } }
    @Module({ controllers: [Root], providers: [Old] }) class AppModule {}`),
  // Runs whatever the framework's index imports, in the bundle that plans.
  'src/exports.cts':
    `import { Public } from 'lambent/auth';` +
    app(
      `const { join } = require('node:path');
     @Injectable() class Store { readonly name = join('a', 'b'); }
     @Controller('/') @Public() class Root { constructor(readonly store: Store) {} @Get() get() { return this.store.name; } }
     @Module({ controllers: [Root], providers: [Store] }) class AppModule {}`,
      'exports.handler = LambdaApplication.create(AppModule).handler;',
    ),
  'node_modules/old-package/package.json': '{ "name": "old-package", "main": "index.js" }',
  'node_modules/old-package/index.js': `
    require('reflect-metadata'); const { Injectable } = require('lambent');
    let Old = class Old { name() { return 'old'; } };
    Old = Reflect.decorate([Injectable()], Old) || Old;
    exports.Old = Old;`,
  'node_modules/old-package/counter.js': `let count = 0; exports.increment = () => ++count;`,
  'src/mistaken.ts': app(
    `@Injectable() class Missing {} @Injectable() class Needs { constructor(readonly missing: Missing) {} } @Module({ providers: [Needs] }) class AppModule {}`,
  ),
  'src/mistakenOption.ts': app(
    `@Module({}) class AppModule {}`,
    `export const { handler } = LambdaApplication.create(AppModule, { corss: true } as object);`,
  ),
  'src/twice.ts': app(
    `@Controller('/') class Twice { @Get('a') one() {} @Get('a') other() {} } @Module({ controllers: [Twice] }) class AppModule {}`,
  ),
  'src/unset.ts': app(
    `if (!process.env['SECRET']) throw new TypeError('SECRET is not set'); @Controller('/') class Root { @Get() get() { return 'runs'; } } @Module({ controllers: [Root] }) class AppModule {}`,
  ),
  'src/hangs.ts': app(
    `@Controller('/') class Root { @Get() get() { return secret; } } @Module({ controllers: [Root] }) class AppModule {}`,
    `const app = LambdaApplication.create(AppModule); const secret = await app.runAsync(async () => 'secret'); export const { handler } = app;`,
  ),
  'src/asks.ts': app(
    `@Injectable() class Store { readonly name = 'store'; } @Controller('/') class Root { @Get() get() { return name; } } @Module({ controllers: [Root], providers: [Store] }) class AppModule {}`,
    `const app = await LambdaApplication.create(AppModule).ready(); const { name } = app.get(Store); export const { handler } = app;`,
  ),
  'src/late.ts': app(
    `@Controller('/') class Root { @Get() get() { return 'late'; } } @Module({ controllers: [Root] }) class AppModule {}`,
    `let app: LambdaApplication | undefined;
     export const handler = async (event: unknown, context: any) => (app ??= LambdaApplication.create(AppModule)).handler(event, context);`,
  ),
  'src/another.ts': app(
    `@Controller('/') class Root { @Get() get() { return 'first'; } } @Module({ controllers: [Root] }) class AppModule {}
     @Controller('/') class Late { @Get() get() { return 'late'; } } @Module({ controllers: [Late] }) class LateModule {}`,
    `export const { handler } = LambdaApplication.create(AppModule);
     let app: LambdaApplication | undefined;
     export const late = async (event: unknown, context: any) => (app ??= LambdaApplication.create(LateModule)).handler(event, context);`,
  ),
  'src/lost.ts': app(
    `class Held { readonly module = Held; readonly providers = [{ provide: 'made', useFactory: () => 'made' }]; }
     @Module({ imports: [forwardRef(() => new Held() as any)] }) class AppModule {}`,
  ),
  'src/template.ts': app(
    `import { readFileSync } from 'node:fs';
     const text = readFileSync(new URL('./note.txt', import.meta.url), 'utf8');
     @Controller('/') class Root { @Get() get() { return text; } } @Module({ controllers: [Root] }) class AppModule {}`,
  ),
  '../bundles/template/note.txt': 'a note',
  '../bundles/template/node_modules/old-package/index.js': 'throw new Error("for Linux");',
  'src/exits.ts': app(`if (!process.env['SECRET']) process.exit(3); @Module({}) class AppModule {}`),
  'src/validated.ts': `
    import { Type, Transform, Expose } from 'class-transformer';
    import { IsArray, IsIn, IsInt, IsOptional, IsString, Length, Max, registerDecorator, Validate, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
    import { Body, Controller, LambdaApplication, Module, PartialType, Patch, Post, Query, Get } from 'lambent';
    const Even = () => ValidateBy({ name: 'even', validator: { validate: (value) => value % 2 === 0, defaultMessage: () => 'must be even' } });
    function Late(options?: object) { return (target: object, key: string) => registerDecorator({ name: 'late', target: target.constructor, propertyName: key, options: options as any, validator: { validate: async (value: unknown) => value !== 'late' } }); }
    class Words { validate(value: unknown) { return String(value).includes(' '); } defaultMessage() { return 'two words'; } }
    class Line { @Even() @IsInt() count!: number; @IsOptional() @ValidateNested() @Type(() => Line) inner?: Line; }
    class Draft {
      @Length(2, 5, { message: ({ value }) => 'not ' + value }) code!: string;
      @IsIn(['a', Symbol.for('b') as never]) kind!: string;
      @Transform(({ value }) => String(value).trim()) @IsString() note!: string;
      @ValidateIf((draft: Draft) => draft.kind === 'a') @Validate(Words) title!: string;
      @IsArray() @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
      @Late() slow!: string;
      @Expose({ name: 'limit' }) @IsOptional() @Max(9) maximum?: number;
    }
    class Change extends PartialType(Draft) {}
    class Filter { @IsOptional() @IsInt() page?: number; @IsOptional() @IsString({ each: true }) tag?: string[]; }
    class Shape { @IsString() kind!: string; } class Circle extends Shape { @IsInt() radius!: number; }
    class Drawing { @ValidateNested() @Type(() => Shape, { discriminator: { property: 'kind', subTypes: [{ name: 'circle', value: Circle }] } }) shape!: Shape; }
    @Controller('/drafts') class Drafts {
      @Post('drawn') draw(@Body() { shape }: Drawing) { return [shape instanceof Circle, shape.kind]; }
      @Post() create(@Body() draft: Draft) { return { type: draft.constructor.name.length > 0, lines: draft.lines.map((line) => line instanceof Line), note: draft.note, maximum: draft.maximum }; }
      @Patch() change(@Body() change: Change) { return { ...change }; }
      @Get() list(@Query() filter: Filter) { return { ...filter }; }
    }
    @Module({ controllers: [Drafts] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule, { validation: { whitelist: true } });`,
  'src/injection.ts': app(`
    import { ConfigurableModuleBuilder, DiscoveryService, INQUIRER, ModuleRef, RouterModule, VERSION_NEUTRAL } from 'lambent';
    const Job = DiscoveryService.createDecorator<string>();
    const built = new ConfigurableModuleBuilder<{ table: string }>().setClassMethodName('forRoot').build();
    class TableModule extends built.ConfigurableModuleClass {}
    const table = TableModule.forRoot({ table: 'orders' });
    @Injectable({ scope: Scope.TRANSIENT }) class Named { constructor(@Inject(INQUIRER) readonly by: object) {} }
    @Injectable() @Job('night') class Cleanup { constructor(readonly named: Named) {} @Job('late') run() {} other() {} }
    class Unlisted { named!: Named; table!: { table: string }; }
    Inject(Named)(Unlisted.prototype, 'named'); Inject(built.MODULE_OPTIONS_TOKEN)(Unlisted.prototype, 'table');
    @Controller({ path: 'all', version: VERSION_NEUTRAL }) class All {
      constructor(readonly ref: ModuleRef, readonly discovery: DiscoveryService, @Inject('list') readonly list: unknown[]) {}
      @Get() async get() {
        const [job] = this.discovery.getProviders({ metadataKey: Job.KEY });
        const created = await this.ref.create(Unlisted);
        return {
          list: this.list, got: this.ref.get('list') === this.list, created: [created.named instanceof Named, created.named.by instanceof Unlisted, created.table],
          resolved: await this.ref.resolve(Named) !== await this.ref.resolve(Named),
          job: [this.discovery.getMetadataByDecorator(Job, job!), (job!.instance as Cleanup).named.by instanceof Cleanup, this.discovery.getMethodNames(job!, { metadataKey: Job.KEY })],
        };
      }
    }
    @Module({ controllers: [All], imports: [forwardRef(() => table)], providers: [Named, Cleanup, ...[1, 2].map((useValue) => ({ provide: 'list', useValue, multi: true }))] })
    class AllModule {}
    Module({ exports: [built.MODULE_OPTIONS_TOKEN] })(TableModule);
    @Module({ imports: [AllModule, RouterModule.register([{ path: process.env['PREFIX'] ?? 'inner', module: AllModule }])] }) class AppModule {}`),
  'src/lazily.ts': app(`
    import { Global, INQUIRER, lazy, ModuleRef } from 'lambent';
    import type { Order } from './lazily/reports.js';
    @Injectable() export class Store { readonly name = 'store'; }
    @Injectable({ scope: Scope.REQUEST }) export class Caller { constructor(readonly request: Request) {} }
    @Injectable({ scope: Scope.TRANSIENT }) export class Named { constructor(@Inject(INQUIRER) readonly by: object) {} }
    @Injectable() class Notes { readonly seen: Caller[] = []; }
    @Injectable() class Remembers { constructor(readonly caller: Caller, readonly notes: Notes) {} canActivate() { this.notes.seen.push(this.caller); return true; } }
    @Controller('/') class Root { constructor(readonly store: Store, readonly ref: ModuleRef) {} @Get() get() { return this.store.name; } }
    export { Notes };
    @Module({ controllers: [Root], providers: [Store, Caller, Named, Notes, { provide: APP_GUARD, useClass: Remembers }, ...[1, 2].map((useValue) => ({ provide: 'list', useValue, multi: true }))], exports: [Store, Caller, Named, Notes, 'list'] })
    export class CoreModule {}
    Global()(CoreModule);
    const prefix = process.env['PREFIX'] ?? 'reports';
    @Module({ imports: [CoreModule, lazy(prefix, () => import('./lazily/reports.js').then((all) => all.ReportsModule))] })
    class AppModule {}`).replace('import * as lambent', "import { APP_GUARD } from 'lambent';\n import * as lambent"),
  'src/lazily/reports.ts': `
    import { Type } from 'class-transformer';
    import { IsInt, ValidateNested } from 'class-validator';
    import { Body, Controller, Get, Inject, Injectable, lazy, Module, ModuleRef, Post } from 'lambent';
    import { Caller, Named, Notes, Store } from '../lazily.js';
    export class Line { @IsInt() count!: number; }
    export class Order { @ValidateNested() @Type(() => Line) line!: Line; }
    @Injectable() class Title {
      store?: Store;
      constructor(readonly named: Named, readonly ref: ModuleRef) {}
      onModuleInit() { this.store = this.ref.get(Store); }
    }
    @Controller('monthly') class Reports {
      constructor(readonly store: Store, readonly notes: Notes, readonly title: Title, @Inject('list') readonly list: number[]) {}
      @Get() get(@Inject() caller: Caller) { return [this.store.name, this.notes.seen.at(-1) === caller, this.title.named.by instanceof Title, this.title.store === this.store, this.list]; }
      @Post() order(@Body() { line }: Order) { return line instanceof Line; }
    }
    @Module({ providers: [{ provide: 'pages', useFactory: () => ({ read: 0 }) }], exports: ['pages'] }) export class PagesModule {}
    @Module({ controllers: [Reports], providers: [Title], imports: [PagesModule, lazy('yearly', () => import('./yearly.js').then((all) => all.YearlyModule))] })
    export class ReportsModule {}`,
  'src/lazily/yearly.ts': `
    import { Controller, Get, Inject, Module } from 'lambent';
    import { Store } from '../lazily.js';
    import { PagesModule } from './reports.js';
    @Controller() class Yearly { constructor(readonly store: Store, @Inject('pages') readonly pages: { read: number }) {} @Get() get() { return [this.store.name, ++this.pages.read]; } }
    @Module({ imports: [PagesModule], controllers: [Yearly] }) export class YearlyModule {}`,
  // Classes that planning does not see: without a decorated property, and in a file that only a request imports.
  'src/hidden.ts': app(`
    import { Exclude } from 'class-transformer';
    @Exclude() class Secret { key = 'secret'; }
    @Controller() class Hidden {
      @Get('secret') secret() { return new Secret(); }
      @Get('user') async user() { const { User } = await import('./hidden/user.js'); return new User(); }
    }
    @Module({ controllers: [Hidden] }) class AppModule {}`),
  'src/hiddenLater.ts': app(`
    @Controller() class Hidden { @Get('user') async user() { const { User } = await import('./hidden/user.js'); return new User(); } }
    @Module({ controllers: [Hidden] }) class AppModule {}`),
  'src/hidden/user.ts': `
    import { Exclude } from 'class-transformer';
    export class User { readonly name = 'Ada'; @Exclude() readonly password = 'secret'; }`,
  'src/lazyMistake.ts': app(`
    import { lazy } from 'lambent';
    @Module({ imports: [lazy('broken', () => import('./lazily/broken.js').then((all) => all.BrokenModule))] }) class AppModule {}`),
  'src/lazyDuplicate.ts': app(`
    import { lazy } from 'lambent';
    @Controller('yearly') class Root { @Get() get() { return 1; } }
    @Injectable() class Store {}
    @Module({ controllers: [Root], imports: [lazy('yearly', () => import('./lazily/alone.js').then((all) => all.AloneModule))] }) class AppModule {}`),
  'src/nestedDuplicate.ts': app(`
    import { lazy } from 'lambent';
    @Controller('yearly') class Root { @Get() get() { return 1; } }
    @Injectable() class Store {}
    @Module({ imports: [lazy('yearly', () => import('./lazily/alone.js').then((all) => all.AloneModule))] }) class Outer {}
    @Module({ controllers: [Root], imports: [lazy('/', () => Outer)] }) class AppModule {}`),
  'src/lazily/alone.ts': `
    import { Controller, Get, Module } from 'lambent';
    @Controller() class Alone { @Get() get() { return 'alone'; } }
    @Module({ controllers: [Alone] }) export class AloneModule {}`,
  'src/several.ts': app(`
    import { lazy } from 'lambent';
    @Module({}) export class Options {}
    export const shared = { module: Options, providers: [{ provide: 'shared', useFactory: () => ({ calls: 0 }) }], exports: ['shared'] };
    @Module({ imports: [
      lazy('first', () => import('./several/first.js').then((all) => all.FirstModule)),
      lazy('second', () => import('./several/second.js').then((all) => all.SecondModule)),
      lazy('third', () => import('./several/third.js').then((all) => all.ThirdModule)),
      lazy('fourth', () => import('./several/third.js').then((all) => all.FourthModule)),
      lazy('fifth', () => import('./several/fifth.js').then((all) => all.FifthModule)),
      lazy('sixth', () => import('./several/sixth.js').then((all) => all.SixthModule)),
      lazy('unset', () => import('./several/unset.js').then((all) => all.UnsetModule)),
      lazy('tuned', () => import('./several/tuned.js').then((all) => all.TunedModule.forRoot({ size: 3 }))),
      lazy('flaky', () => import('./several/flaky.js').then((all) => all.FlakyModule)),
      lazy('given', () => import('./several/given.js').then((all) => all.GivenModule)),
      lazy('lacking', () => import('./several/given.js').then((all) => all.LackingModule)),
      lazy('anew', () => import('./several/anew.js').then((all) => all.AnewModule.next())),
    ] }) class AppModule {}`),
  // Classes and a module that two lazy modules share, and the application does not have.
  'src/several/common.ts': `
    import { IsInt } from 'class-validator';
    import { Injectable, Module } from 'lambent';
    export class Count { @IsInt() by!: number; }
    @Injectable() export class Counter { count = 0; add(by: number) { return (this.count += by); } }
    @Module({ providers: [Counter], exports: [Counter] }) export class CounterModule {}`,
  'src/several/first.ts': `
    import { Body, Controller, Module, Post } from 'lambent';
    import { Count, Counter, CounterModule } from './common.js';
    @Controller() class First { constructor(readonly counter: Counter) {} @Post() add(@Body() count: Count) { return ['first', this.counter.add(count.by)]; } }
    @Module({ imports: [CounterModule], controllers: [First] }) export class FirstModule {}`,
  'src/several/second.ts': `
    import { Body, Controller, Module, Post } from 'lambent';
    import { Count, Counter, CounterModule } from './common.js';
    @Controller() class Second { constructor(readonly counter: Counter) {} @Post() add(@Body() count: Count) { return ['second', this.counter.add(count.by)]; } }
    @Module({ imports: [CounterModule], controllers: [Second] }) export class SecondModule {}`,
  // The same dynamic module, of a class that the application has.
  'src/several/third.ts': `
    import { Controller, Get, Inject, Module } from 'lambent';
    import { shared } from '../several.js';
    @Controller() class Third { constructor(@Inject('shared') readonly state: { calls: number }) {} @Get() get() { return ++this.state.calls; } }
    @Module({ imports: [shared], controllers: [Third] }) export class ThirdModule {}
    @Controller() class Fourth { constructor(@Inject('shared') readonly state: { calls: number }) {} @Get() get() { return ++this.state.calls; } }
    @Module({ imports: [shared], controllers: [Fourth] }) export class FourthModule {}`,
  // Two lazy modules that share classes, and have classes of the same name.
  'src/several/range.ts': `
    import { IsInt } from 'class-validator';
    export class Range { @IsInt() from!: number; }
    export class To { @IsInt() to!: number; }`,
  'src/several/fifth.ts': `
    import { IsInt } from 'class-validator';
    import { Body, Controller, Module, Post } from 'lambent';
    import { Range } from './range.js';
    class Sum extends Range { @IsInt() by!: number; }
    @Controller() class Fifth { @Post() add(@Body() sum: Sum) { return ['fifth', sum instanceof Range]; } }
    @Module({ controllers: [Fifth] }) export class FifthModule {}`,
  'src/several/sixth.ts': `
    import { IsOptional } from 'class-validator';
    import { Body, Controller, Module, Post } from 'lambent';
    import { Range } from './range.js';
    class Sum extends Range { @IsOptional() by?: number; }
    @Controller() class Sixth { @Post() add(@Body() sum: Sum) { return ['sixth', sum instanceof Range]; } }
    @Module({ controllers: [Sixth] }) export class SixthModule {}`,
  'src/several/unset.ts': `
    import { Controller, Get, Module } from 'lambent';
    if (!process.env['SECRET']) throw new Error('SECRET is not set');
    @Controller() class Unset { @Get() get() { return 'set'; } }
    @Module({ controllers: [Unset] }) export class UnsetModule {}`,
  'src/several/tuned.ts': `
    import { Controller, Get, Inject, Module } from 'lambent';
    @Controller(process.env['TUNED'] ?? 'size') class Tuned { constructor(@Inject('size') readonly size: number) {} @Get() get() { return this.size; } }
    @Module({ controllers: [Tuned] }) export class TunedModule {
      static forRoot({ size }: { size: number }) { return { module: TunedModule, providers: [{ provide: 'size', useValue: size }] }; }
    }`,
  'src/several/flaky.ts': `
    import { Controller, Get, Injectable, Module } from 'lambent';
    let attempts = 0;
    @Injectable() class Whole { made = 0; constructor() { this.made++; } onModuleInit() { log.push('whole'); } }
    const log: string[] = [];
    @Module({ providers: [Whole], exports: [Whole] }) class WholeModule {}
    @Injectable() class Broken { onModuleInit() { log.push('broken'); if (attempts++ === 0) throw new Error('not yet'); } }
    @Controller() class Flaky { constructor(readonly whole: Whole, readonly broken: Broken) {} @Get() get() { return log; } }
    @Module({ imports: [WholeModule], providers: [Broken], controllers: [Flaky] }) export class FlakyModule {}`,
  // Two lazy modules that share a provider, which depends on an event in one of them.
  'src/several/given.ts': `
    import { Controller, Get, Global, Inject, Injectable, Module, Optional, Scope } from 'lambent';
    @Injectable() class Reader { constructor(@Optional() @Inject('given') readonly given: string = 'nothing') {} }
    @Module({ providers: [Reader], exports: [Reader] }) class ReaderModule {}
    @Global() @Module({ providers: [{ provide: 'given', useFactory: () => 'given', scope: Scope.REQUEST }], exports: ['given'] }) class ValueModule {}
    @Controller() class Given { constructor(readonly reader: Reader) {} @Get() get() { return this.reader.given; } }
    @Module({ imports: [ValueModule, ReaderModule], controllers: [Given] }) export class GivenModule {}
    @Controller() class Lacking { constructor(readonly reader: Reader) {} @Get() get() { return this.reader.given; } }
    @Module({ imports: [ReaderModule], controllers: [Lacking] }) export class LackingModule {}`,
  // Another module each time, of which the first does not start.
  'src/several/anew.ts': `
    import { Controller, Get, Inject, Injectable, Module } from 'lambent';
    let count = 0;
    @Injectable() class Numbered { constructor(@Inject('number') readonly number: number) {} onModuleInit() { if (this.number === 1) throw new Error('the first'); } }
    @Controller(process.env['TUNED'] ?? '/') class Anew { constructor(readonly numbered: Numbered) {} @Get() get() { return this.numbered.number; } }
    @Module({ providers: [Numbered], controllers: [Anew] }) export class AnewModule {
      static next() { return { module: AnewModule, providers: [{ provide: 'number', useValue: ++count }] }; }
    }`,
  'src/lazily/broken.ts': `
    import { Controller, Get, Injectable, Module } from 'lambent';
    @Injectable() class Missing {}
    @Controller() class Broken { constructor(readonly missing: Missing) {} @Get() get() { return 1; } }
    @Module({ controllers: [Broken] }) export class BrokenModule {}`,
  'src/none.ts': 'export const handler = async () => 1;',
  'src/describes.ts': app(
    `@Controller('/') class Root { @Get() get() { return LambdaApplication.describe(AppModule).routes.length; } } @Module({ controllers: [Root] }) class AppModule {}`,
  ),
  'src/renamed.ts': app(
    `const Application = LambdaApplication, { describe } = Application;
     @Controller('/') class Root { @Get() get() { return describe(AppModule).routes.length + Application.describe(AppModule).routes.length; } } @Module({ controllers: [Root] }) class AppModule {}`,
  ),
  'src/document.ts': `
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    import { OpenApiModule } from 'lambent/openapi';
    @Controller('/orders') class Orders { @Get() list() { return [1]; } }
    @Module({ imports: [OpenApiModule.forRoot({ title: 'Orders', version: '1' })], controllers: [Orders] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
};

const builds = {
  plain: { entry: 'src/plain.ts' },
  plainText: { entry: 'src/plain.ts', minify: false, explain: true },
  unplanned: { entry: 'src/plain.ts', plan: false },
  hostile: { entry: 'src/hostile.ts' },
  waits: { entry: 'src/waits.ts' },
  functions: { entry: ['src/api.ts', 'src/jobs.ts'] },
  environment: { entry: 'src/environment.ts' },
  commonjs: { entry: 'src/commonjs.ts' },
  exports: { entry: 'src/exports.cts', format: 'cjs' },
  exportsUnnamed: { entry: 'src/exports.cts' },
  cjs: { entry: 'src/plain.ts', format: 'cjs' },
  validated: { entry: 'src/validated.ts' },
  validatedUnplanned: { entry: 'src/validated.ts', plan: false },
  mistaken: { entry: 'src/mistaken.ts' },
  mistakenOption: { entry: 'src/mistakenOption.ts' },
  twice: { entry: 'src/twice.ts' },
  unset: { entry: 'src/unset.ts' },
  hangs: { entry: 'src/hangs.ts' },
  asks: { entry: 'src/asks.ts' },
  exits: { entry: 'src/exits.ts' },
  template: { entry: 'src/template.ts' },
  outside: { entry: 'src/plain.ts', external: ['lambent'] },
  lost: { entry: 'src/lost.ts' },
  late: { entry: 'src/late.ts' },
  another: { entry: 'src/another.ts' },
  injection: { entry: 'src/injection.ts' },
  injectionUnplanned: { entry: 'src/injection.ts', plan: false },
  hidden: { entry: 'src/hidden.ts' },
  hiddenLater: { entry: 'src/hiddenLater.ts' },
  lazily: { entry: 'src/lazily.ts', explain: true },
  lazyMistake: { entry: 'src/lazyMistake.ts' },
  lazyDuplicate: { entry: 'src/lazyDuplicate.ts' },
  nestedDuplicate: { entry: 'src/nestedDuplicate.ts' },
  several: { entry: 'src/several.ts', explain: true },
  none: { entry: 'src/none.ts' },
  describes: { entry: 'src/describes.ts' },
  renamed: { entry: 'src/renamed.ts' },
  document: { entry: 'src/document.ts' },
} as const satisfies Record<string, BuildOptions>;

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test runs the build: run `npm run build` first.');
  project = await createBuildProject(builds, sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

type Name = keyof typeof builds;

const built = (name: Name): Built => project.built[name]!;

/** Sends requests to a bundle in a process of its own. */
async function send(
  name: Name,
  requests: readonly (HttpEventRequest & { handler?: string })[],
  env: Readonly<Record<string, string>> = {},
  file = `${String(builds[name].entry).replace(/^src\/|\.ts$/g, '')}.${name === 'cjs' ? 'cjs' : 'mjs'}`,
): Promise<Outcome[]> {
  const entry = join(project.bundles, name, file);
  const events = join(project.folder, `${name}.json`);
  writeFileSync(
    events,
    JSON.stringify(
      requests.map(({ handler = 'handler', ...request }) => ({ handler, event: httpEvents.apiGatewayV2(request) })),
    ),
  );
  const way = file.endsWith('.cjs') ? 'require' : 'import';
  const printed = await run([join(repository, 'test/integration/formats/run.mjs'), way, entry, events], env);
  return (JSON.parse(printed) as { outcomes: Outcome[] }).outcomes;
}

const bodies = (outcomes: readonly Outcome[]): unknown[] =>
  outcomes.map(({ answer }) => answer.thrown ?? (answer.body === undefined ? undefined : JSON.parse(answer.body)));

const warnings = (outcomes: readonly Outcome[]): unknown[] =>
  outcomes.flatMap(({ log }) => log.filter(({ level, type }) => level === 'warning' && type !== 'access'));

const requests = [
  { url: '/orders/3' },
  { url: '/orders/x' },
  { url: '/orders/closed/now' },
  { method: 'POST', url: '/orders' },
  { url: '/nowhere' },
];

test('a bundle with a plan answers as one without', async () => {
  const outcomes = await Promise.all((['plain', 'cjs', 'unplanned'] as const).map((name) => send(name, requests)));
  expect(built('plain').plan).toMatchObject([{ entry: 'plain', planned: 'build' }]);
  expect(built('unplanned').plan).toEqual([]);
  expect(bodies(outcomes[0]!)).toEqual([
    { id: 3, name: 'store 7', n: 7, path: '/orders/3' },
    { detail: [{ loc: ['path', 'id'], msg: 'id must be an integer', type: 'isInt' }] },
    { detail: 'Forbidden' },
    { path: '/orders', same: true },
    { detail: 'Not Found' },
  ]);
  expect(bodies(outcomes[1]!)).toEqual(bodies(outcomes[0]!));
  expect(bodies(outcomes[2]!)).toEqual(bodies(outcomes[0]!));
  expect(outcomes.flatMap(warnings)).toEqual([]);
  expect(built('plain').startBytes).toBeLessThan(built('unplanned').startBytes * 0.7);
});

test.each(['plain', 'injection', 'hostile', 'waits', 'environment', 'commonjs', 'exports', 'document'] as const)(
  '%s is planned',
  (name) => {
    expect(built(name).failure).toBeUndefined();
    expect(built(name).plan).toEqual([expect.objectContaining({ planned: 'build' })]);
  },
);

test('what finds providers at run time needs no planner', async () => {
  const outcomes = await send('injection', [{ url: '/inner/all' }]);
  expect(bodies(outcomes)).toEqual([
    {
      list: [1, 2],
      got: true,
      created: [true, true, { table: 'orders' }],
      resolved: true,
      job: ['night', true, ['run']],
    },
  ]);
  expect(warnings(outcomes)).toEqual([]);
  expect(bodies(await send('injectionUnplanned', [{ url: '/inner/all' }]))).toEqual(bodies(outcomes));
  const [other] = await send('injection', [{ url: '/outer/all' }], { PREFIX: 'outer' });
  expect(other!.answer.statusCode).toBe(200);
  expect(warnings([other!])).toEqual([expect.objectContaining({ message: expect.stringContaining('routes') })]);
});

test('results of classes that planning does not see are serialized by their decorators', async () => {
  expect(built('hidden').plan).toMatchObject([{ planned: 'build' }]);
  const user = { name: 'Ada' };
  expect(bodies(await send('hidden', [{ url: '/secret' }, { url: '/user' }]))).toEqual([{}, user]);
  expect(bodies(await send('hiddenLater', [{ url: '/user' }]))).toEqual([user]);
});

/** Removes the planner from a bundle: what the process plans fails from then on. */
function removePlanner(name: Name): void {
  readdirSync(join(project.bundles, name))
    .filter((file) => file.includes('late-planner'))
    .forEach((file) => rmSync(join(project.bundles, name, file)));
}

const add = (name: string) => ({ method: 'POST', url: `/${name}`, payload: { by: 1 } });

/** Returns the body of the response to the first request of a process. */
const answered = async (name: Name, url: string) => bodies(await send(name, [{ url }]))[0];

describe('a lazy module', () => {
  const toReports = [
    { url: '/' },
    { url: '/reports/monthly' },
    { method: 'POST', url: '/reports/monthly', payload: { line: { count: 1 } } },
    { method: 'POST', url: '/reports/monthly', payload: { line: { count: 'x' } } },
    { url: '/reports/yearly' },
  ];
  const answers = [
    'store',
    ['store', true, true, true, [1, 2]],
    true,
    { detail: [expect.objectContaining({ loc: ['body', 'line', 'count'], type: 'isInt' })] },
    ['store', 1],
  ];

  test('is planned in the build, with those that it imports, and runs on top of the application', async () => {
    expect(built('lazily').failure).toBeUndefined();
    expect(built('lazily').lines.join('\n')).toMatch(
      /Lazy modules\n +reports +planned in the build\n +reports\/yearly +planned in/,
    );
    expect(built('lazily').plan[0]!.items).toContainEqual({
      kind: 'route',
      name: 'GET /reports/monthly',
      method: 'Reports.get',
    });
    const [other] = await send('lazily', [{ url: '/other/monthly' }], { PREFIX: 'other' });
    expect(bodies([other!])).toEqual([['store', true, true, true, [1, 2]]]);
    expect(warnings([other!])).toHaveLength(1);
    removePlanner('lazily');
    const outcomes = await send('lazily', toReports);
    expect(bodies(outcomes)).toEqual(answers);
    expect(warnings(outcomes)).toEqual([]);
  });

  test('with a mistake fails the build, as do routes that the application has', () => {
    expect(built('lazyMistake').failure!.message).toMatch(/Missing.*\(in lazy\("broken"\)\)/s);
    for (const name of ['lazyDuplicate', 'nestedDuplicate'] as const)
      expect(built(name).failure!.message).toMatch(
        /Root\.get and Alone\.get in AloneModule \(lazy\("yearly"\)\) both handle GET \/yearly\./,
      );
  });

  test('that cannot be imported in the build, or is another one at the start, is planned by its first request', async () => {
    expect(built('several').lines.join('\n')).toMatch(
      /Planned at its first request: lazy\("unset"\), because its import failed: Error: SECRET is not set\n/,
    );
    expect(bodies(await send('several', [{ url: '/unset' }], { SECRET: 'x' }))).toEqual(['set']);
    const tuned = [{ url: '/tuned/size' }, { url: '/tuned/width' }];
    expect(bodies(await send('several', tuned))).toEqual([3, { detail: 'Not Found' }]);
    const others = await send('several', tuned, { TUNED: 'width' });
    expect(bodies(others)).toEqual([{ detail: 'Not Found' }, 3]);
    expect(warnings(others)).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('lazy("tuned") differs from the module that was built'),
      }),
    ]);
  });

  test('that is planned in the process shares modules with those that the build has planned', async () => {
    const sent = [add('first'), add('second'), { url: '/tuned/width' }, add('first'), { url: '/unset' }];
    expect(bodies(await send('several', sent, { TUNED: 'width', SECRET: 'x' }))).toEqual([
      ['first', 1],
      ['second', 2],
      3,
      ['first', 3],
      'set',
    ]);
  });

  test('whose start fails is started again by the next request, without the imports that run', async () => {
    const [failed, ...next] = await send(
      'several',
      Array.from({ length: 3 }, () => ({ url: '/flaky' })),
    );
    expect(failed!.answer.thrown?.message).toContain('not yet');
    expect(bodies(next)).toEqual([
      ['whole', 'broken', 'broken'],
      ['whole', 'broken', 'broken'],
    ]);
  });

  test('shares providers as the first of them has planned them', async () => {
    const urls = ['/given', '/lacking'];
    for (const order of [urls, urls.toReversed()]) {
      const seen = order[0] === '/given' ? 'given' : 'nothing';
      expect(
        bodies(
          await send(
            'several',
            order.map((url) => ({ url })),
          ),
        ),
      ).toEqual([seen, seen]);
    }
  });

  test('is loaded once for each attempt to start it, and may be another one each time', async () => {
    const widths: Record<string, string>[] = [{}, { TUNED: 'width' }];
    for (const env of widths) {
      const url = ['/anew', ...Object.values(env)].join('/');
      const [failed, ...next] = await send('several', [{ url }, { url }, { url }], env);
      expect(failed!.answer.thrown?.message).toContain('the first');
      expect(bodies(next)).toEqual([2, 2]);
    }
  });

  test('needs no planner, whichever is the first, and whatever they share', async () => {
    removePlanner('several');
    expect([
      await answered('several', '/third'),
      await answered('several', '/fourth'),
      await answered('several', '/tuned/size'),
    ]).toEqual([1, 1, 3]);
    const shareClasses = ['fifth', 'sixth'];
    for (const order of [shareClasses, shareClasses.toReversed()]) {
      const sent = order.map((name) => ({ method: 'POST', url: `/${name}`, payload: { from: 1, by: 2 } }));
      expect(bodies(await send('several', sent))).toEqual(order.map((name) => [name, true]));
    }
    const shareModule = ['first', 'second'];
    for (const order of [shareModule, shareModule.toReversed()]) {
      const sent = [...order, ...order].map(add);
      expect(bodies(await send('several', sent))).toEqual([...order, ...order].map((name, index) => [name, index + 1]));
    }
    const shareDynamicModule = ['/third', '/fourth', '/third'].map((url) => ({ url }));
    expect(bodies(await send('several', shareDynamicModule))).toEqual([1, 2, 3]);
  });
});

test('names may be anything', async () => {
  const outcomes = await send(
    'hostile',
    ['/a', '/b', '/make', '/make/proto', '/options'].map((url) => ({ url })),
  );
  expect(bodies(outcomes)).toEqual([['a', true, 2], ['b', true, 2], 1, 'own', 'symbol']);
  expect(warnings(outcomes)).toEqual([]);
});

test('modules may wait at their top level, and create several applications', async () => {
  const outcomes = await send('waits', [
    { url: '/' },
    { url: '/late', handler: 'late' },
    { url: '/', handler: 'late' },
  ]);
  expect(bodies(outcomes)).toEqual(['started', 'late', { detail: 'Not Found' }]);
  expect(warnings(outcomes)).toEqual([]);
});

test('several handlers in a folder have a plan each, and load only their own', async () => {
  expect(built('functions').plan).toMatchObject([
    { entry: 'api', planned: 'build' },
    { entry: 'jobs', planned: 'build' },
  ]);
  const [api, jobs] = [
    await send('functions', [{ url: '/api' }], {}, 'api.mjs'),
    await send('functions', [{ url: '/jobs' }], {}, 'jobs.mjs'),
  ];
  expect(bodies([...api, ...jobs])).toEqual(['api', 'jobs']);
  expect(warnings([...api, ...jobs])).toEqual([]);
  expect(readdirSync(join(project.bundles, 'functions')).filter((name) => /plan/.test(name)).length).toBeGreaterThan(2);
});

describe('what the environment decides', () => {
  test('as in the build, the plan is used', async () => {
    const outcomes = await send('environment', [{ url: '/first' }, { url: '/second' }]);
    expect(bodies(outcomes)).toEqual(['first', { detail: 'Not Found' }]);
    expect(warnings(outcomes)).toEqual([]);
  });

  test('otherwise the process plans, and logs what is different', async () => {
    const outcomes = await send('environment', [{ url: '/first' }, { url: '/second' }], { SECOND: '1' });
    expect(bodies(outcomes)).toEqual([{ detail: 'Not Found' }, 'second']);
    expect(warnings(outcomes)).toEqual([
      expect.objectContaining({ message: expect.stringContaining('module.imports[0].controllers[0] of AppModule') }),
    ]);
  });

  test('an option that no plan depends on may differ, and is checked then', async () => {
    const [preflight] = await send('environment', [{ url: '/first', headers: { origin: 'https://a.example' } }], {
      ORIGIN: 'https://a.example',
    });
    expect(preflight!.answer).toMatchObject({ headers: { 'access-control-allow-origin': 'https://a.example' } });
    expect(warnings([preflight!])).toEqual([]);
    const [wrong] = await send('environment', [{ url: '/first' }], { WRONG: '1' });
    expect(wrong!.answer.thrown).toMatchObject({ name: 'BootstrapError', message: expect.stringContaining('etag') });
  });
});

test('packages in CommonJS may decorate classes', async () => {
  const outcomes = await send('commonjs', [{ url: '/' }, { url: '/' }]);
  expect(bodies(outcomes)).toEqual([
    ['old', 1],
    ['old', 2],
  ]);
  expect(warnings(outcomes)).toEqual([]);
});

test('a handler may be a CommonJS module', async () => {
  const outcomes = await send('exports', [{ url: '/' }], {}, 'exports.cjs');
  expect(bodies(outcomes)).toEqual(['a/b']);
  expect(warnings(outcomes)).toEqual([]);
  expect(built('exportsUnnamed').failure?.message).toMatch(/exports\.cts is a CommonJS module.*--format cjs/);
});

test('an error of the bootstrap is an error of the build', () => {
  expect(built('mistaken').failure).toMatchObject({
    name: 'BootstrapError',
    message: expect.stringMatching(/Needs[^]*Missing/),
  });
  expect(built('mistakenOption').failure?.message).toContain('corss');
  expect(built('twice').failure?.message).toContain('Twice.one and Twice.other both handle GET /a');
  expect(existsSync(join(project.bundles, 'mistaken'))).toBe(false);
});

test.each([
  ['unset', 'SECRET is not set'],
  ['hangs', 'waits at its top level'],
  ['asks', 'so app.get(Store) has none to return'],
  ['exits', 'ended the process with the code 3'],
  ['lost', 'definition.useFactory of the provider "made" of Held is a function'],
  ['outside', 'take it out of the option "external"'],
  ['late', 'its modules create no application while they are imported'],
] as const)('%s has no plan, and the build says why', (name, reason) => {
  expect(built(name).failure).toBeUndefined();
  expect(built(name).plan).toEqual([
    {
      entry: String(builds[name].entry).slice(4, -3),
      planned: 'start',
      reason: expect.stringContaining(reason) as unknown,
      items: [],
    },
  ]);
  expect(built(name).lines.join('\n')).toMatch(/Planned at each start: \w+, because/);
});

test('DTO classes are read as without a plan', async () => {
  const draft = { code: 'abc', kind: 'a', note: ' n ', title: 'two words', lines: [{ count: 2, inner: { count: 4 } }] };
  const bodiesToSend: unknown[] = [
    { ...draft, slow: 'x', limit: 9, more: 1 },
    { ...draft, slow: 'late', limit: 10, lines: [{ count: 3, inner: { count: 'x' } }, null] },
    { code: 'toolong', kind: 'b', note: 1, title: 'one', lines: {} },
    [],
    null,
  ];
  const sent = [
    ...bodiesToSend.flatMap((payload) => ['POST', 'PATCH'].map((method) => ({ method, url: '/drafts', payload }))),
    ...['?page=2&tag=a&tag=b', '?page=x', '?tag=a'].map((query) => ({ url: `/drafts${query}` })),
    // Left to the libraries, as a discriminator decides.
    ...[{ kind: 'circle', radius: 1 }, { kind: 'circle', radius: 'x' }, { kind: 'square' }, 1].map((shape) => ({
      method: 'POST',
      url: '/drafts/drawn',
      payload: { shape },
    })),
  ];
  const [planned, unplanned] = [await send('validated', sent), await send('validatedUnplanned', sent)];
  expect(built('validated').plan[0]).toMatchObject({ planned: 'build' });
  expect(bodies(planned)).toEqual(bodies(unplanned));
  expect(planned.map(({ answer }) => answer.statusCode)).toContain(422);
  expect(planned[0]!.answer.statusCode).toBe(200);
  expect(warnings(planned)).toEqual([]);
});

test('tells what was planned', () => {
  expect(built('plainText').plan[0]!.items).toContainEqual({
    kind: 'route',
    name: 'GET /orders/:id',
    method: 'Orders.get',
  });
  expect(built('plainText').lines.join('\n')).toContain(`plain is planned in the build:
  Routes
    GET /orders/:id         Orders.get
    GET /orders/closed/now  Orders.closed
    POST /orders            Orders.create`);
});

test('a handler without an application is left alone', () => {
  expect(built('none').plan).toEqual([]);
  expect(built('none').lines.join('\n')).not.toContain('lanned');
});

test('modules may read files that were copied to the folder of the bundle', async () => {
  expect(built('template').plan).toEqual([expect.objectContaining({ planned: 'build' })]);
  const outcomes = await send('template', [{ url: '/' }]);
  expect(bodies(outcomes)).toEqual(['a note']);
  expect(warnings(outcomes)).toEqual([]);
});

test('without a plan, the application plans at each start', async () => {
  expect(bodies(await send('unset', [{ url: '/' }], { SECRET: '1' }))).toEqual(['runs']);
  expect(bodies(await send('hangs', [{ url: '/' }]))).toEqual(['secret']);
  expect(bodies(await send('asks', [{ url: '/' }]))).toEqual(['store']);
  expect(bodies(await send('late', [{ url: '/' }]))).toEqual(['late']);
});

test('an application that the build did not see is planned when it is created', async () => {
  const outcomes = await send('another', [{ url: '/' }, { url: '/', handler: 'late' }]);
  expect(bodies(outcomes)).toEqual(['first', 'late']);
  expect(warnings(outcomes)).toEqual([
    expect.objectContaining({ message: expect.stringContaining('no application of the build has its root module') }),
  ]);
});

test('an application may be described in a bundle, and its document be served', async () => {
  expect(bodies(await send('describes', [{ url: '/' }]))).toEqual([1]);
  expect(bodies(await send('renamed', [{ url: '/' }]))).toEqual([2]);
  expect(built('renamed').plan).toEqual([expect.objectContaining({ planned: 'build' })]);
  expect(built('describes').startBytes).toBeGreaterThan(built('plain').startBytes);
  const [document] = await send('document', [{ url: '/openapi.json' }]);
  expect(bodies([document!])).toEqual([expect.objectContaining({ paths: { '/orders': expect.anything() } })]);
});
