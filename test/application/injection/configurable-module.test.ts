import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { ConfigurableModuleBuilder } from '../../../src/modules/configurable-module-builder.js';
import type { DynamicModule, ModuleMetadata } from '../../../src/shared/module.js';
import { InjectionToken } from '../../../src/shared/token.js';
import { createApp } from '../create-app.js';

interface MailOptions {
  sender: string;
  retries?: number;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<MailOptions>({ moduleName: 'MailModule' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('mailOptions')
    .setExtras({ isGlobal: false }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal }))
    .build();

@Injectable()
class Mail {
  constructor(@Inject(MODULE_OPTIONS_TOKEN) readonly options: MailOptions) {}
}

@Module({ providers: [Mail], exports: [Mail] })
class MailModule extends ConfigurableModuleClass {}

@Injectable()
class Settings {
  readonly sender = 'from settings';
  mailOptions(): Promise<MailOptions> {
    return Promise.resolve({ sender: this.sender });
  }
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

const mailOf = async (module: DynamicModule, more: ModuleMetadata = {}) =>
  (await createApp({ ...more, imports: [module, ...(more.imports ?? [])] }).ready()).get(Mail);

describe('ConfigurableModuleBuilder', () => {
  test('makes a method that provides its options under the token, without the extras', async () => {
    const mail = await mailOf(MailModule.forRoot({ sender: 'shop', retries: 2, isGlobal: true }));
    expect(mail.options).toEqual({ sender: 'shop', retries: 2 });
  });

  test('applies the extras of the call, else their defaults', async () => {
    @Injectable()
    class Newsletter {
      constructor(readonly mail: Mail) {}
    }
    @Module({ providers: [Newsletter], exports: [Newsletter] })
    class NewsModule {}
    const mail = await mailOf(MailModule.forRoot({ sender: 'shop', isGlobal: true }), { imports: [NewsModule] });
    expect(mail).toBeInstanceOf(Mail);
    await expect(mailOf(MailModule.forRoot({ sender: 'shop' }), { imports: [NewsModule] })).rejects.toThrow(
      'MailModule exports it: add MailModule to the imports of NewsModule.',
    );
  });

  test.each([
    ['useFactory', { inject: [Settings], useFactory: (settings: Settings) => settings.mailOptions() }],
    ['useExisting', { useExisting: Settings }],
  ])('gets options asynchronously by %s, from imports', async (_way, way) => {
    const mail = await mailOf(MailModule.forRootAsync({ imports: [SettingsModule], ...way, isGlobal: true }));
    expect(mail.options).toEqual({ sender: 'from settings' });
  });

  test('creates a class for useClass', async () => {
    expect((await mailOf(MailModule.forRootAsync({ useClass: Settings }))).options.sender).toBe('from settings');
  });

  test('has the names of NestJS by default, and one token for each builder', async () => {
    const TOKEN = new InjectionToken<{ folder: string }>('FOLDER');
    const files = new ConfigurableModuleBuilder<{ folder: string }>({ optionsInjectionToken: TOKEN }).build();
    class FilesModule extends files.ConfigurableModuleClass {}
    expect(files.MODULE_OPTIONS_TOKEN).toBe(TOKEN);
    class Folder {
      create() {
        return { folder: '/tmp' };
      }
    }
    const [sync, async] = [FilesModule.register({ folder: '/data' }), FilesModule.registerAsync({ useClass: Folder })];
    for (const [module, folder] of [
      [sync, '/data'],
      [async, '/tmp'],
    ] as const)
      expect((await createApp({ imports: [module] }).ready()).get(TOKEN)).toEqual({ folder });
    expect(new ConfigurableModuleBuilder().build().MODULE_OPTIONS_TOKEN).not.toBe(
      new ConfigurableModuleBuilder().build().MODULE_OPTIONS_TOKEN,
    );
  });

  test('lets a subclass add to the method', async () => {
    @Module({ providers: [Mail], exports: [Mail] })
    class OtherModule extends ConfigurableModuleClass {
      static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
        const definition = super.forRoot(options);
        return { ...definition, providers: [...definition.providers!, { provide: 'more', useValue: 1 }] };
      }
      static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
        return super.forRootAsync(options);
      }
    }
    const app = await createApp({ imports: [OtherModule.forRoot({ sender: 'own' })] }).ready();
    expect([app.get(Mail).options.sender, app.get('more')]).toEqual(['own', 1]);
    expect(OtherModule.forRootAsync({ useClass: Settings }).module).toBe(OtherModule);
  });

  test('keeps options that are no plain object where there are no extras', async () => {
    class Address {
      constructor(readonly host: string) {}
    }
    const built = new ConfigurableModuleBuilder<Address>().build();
    class AddressModule extends built.ConfigurableModuleClass {}
    const given = new Address('localhost');
    const app = await createApp({ imports: [AddressModule.register(given)] }).ready();
    expect(app.get(built.MODULE_OPTIONS_TOKEN)).toBe(given);
  });

  test.each([
    [{}, 'forRootAsync takes exactly one of useFactory, useClass, useExisting; this call has none.'],
    [{ useClass: Settings, useExisting: Settings }, 'this call has useClass and useExisting.'],
    [{ useClass: Settings, inject: [Settings] }, 'forRootAsync takes inject only with useFactory.'],
    [{ useFactory: () => ({ sender: '' }), injects: [] }, 'Unknown in the options of forRootAsync: injects.'],
    [{ useFactory: 'no' }, 'useFactory is no; it takes a function'],
    [undefined, 'must be an object'],
  ])('refuses the async options %p', (options, message) => {
    expect(() => MailModule.forRootAsync(options as never)).toThrow(message);
  });

  test.each(['', 'name', 'length', 'prototype', undefined, 7])('refuses %p as the name of a method', (name) => {
    for (const setter of ['setClassMethodName', 'setFactoryMethodName'] as const)
      expect(() => new ConfigurableModuleBuilder()[setter](name as never)).toThrow(
        `ConfigurableModuleBuilder.${setter}: name is `,
      );
  });

  test('refuses what cannot make a module', async () => {
    const { forRoot } = MailModule;
    expect(() => forRoot({ sender: 'shop' })).toThrow('Call forRoot on the class of MailModule');
    class Empty {}
    await expect(mailOf(MailModule.forRootAsync({ useClass: Empty as never }))).rejects.toThrow(
      'Empty has no method mailOptions(), which would create the options.',
    );
    expect(() => new ConfigurableModuleBuilder({ alwaysTransient: true } as never)).toThrow(
      'Unknown in the options of ConfigurableModuleBuilder: alwaysTransient.',
    );
  });
});
