import { UseGuards } from '../../src/decorators/enhancers.js';
import { Param } from '../../src/decorators/parameters.js';
import {
  All,
  Controller,
  Delete,
  Get,
  Head,
  Header,
  HttpCode,
  Options,
  Patch,
  Post,
  Put,
  Redirect,
} from '../../src/decorators/routes.js';
import { answer, serve } from '../binding/serve.js';

describe('the verbs', () => {
  @Controller('things')
  class Verbs {
    @Get() get() {
      return 'get';
    }
    @Post() post() {
      return 'post';
    }
    @Put() put() {
      return 'put';
    }
    @Patch() patch() {
      return 'patch';
    }
    @Delete() delete() {
      return 'delete';
    }
    @Head('headed') head() {}
    @Options() options() {
      return 'options';
    }
    @All('all') all() {
      return 'all';
    }
  }

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is answered by its method, with 200 unless said',
    async (method) => {
      expect(await answer(await serve(Verbs), { method, url: '/things' })).toEqual([200, method.toLowerCase()]);
    },
  );

  it('HEAD has one of its own, and @All takes every verb', async () => {
    const app = await serve(Verbs);
    expect(await answer(app, { method: 'HEAD', url: '/things/headed' })).toEqual([204, undefined]);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect(await answer(app, { method, url: '/things/all' })).toEqual([200, 'all']);
  });
});

describe('one method', () => {
  it('may answer at several places', async () => {
    @Controller(['a', 'b'])
    class Several {
      @Get(['x', 'y/:id']) @Post('z') where(@Param() params: Record<string, string>) {
        return params;
      }
    }
    const app = await serve(Several);
    for (const url of ['/a/x', '/b/x']) expect(await answer(app, { url })).toEqual([200, {}]);
    expect(await answer(app, { url: '/b/y/7' })).toEqual([200, { id: '7' }]);
    expect(await answer(app, { method: 'POST', url: '/a/z' })).toEqual([200, {}]);
    expect((await answer(app, { url: '/a/z' }))[0]).toBe(405);
  });

  it('has a status, headers and a redirect by decorators', async () => {
    @Controller()
    class Said {
      @Post('a') @HttpCode(201) @Header('x-a', '1') @Header('x-b', '2') a() {
        return 'a';
      }
      @Get('b', { status: 202 }) b() {
        return 'b';
      }
      @Get('c') @Redirect('/d', 301) c() {}
      @Get('d') @Redirect('/d') d() {
        return { url: '/e', statusCode: 307 };
      }
    }
    const app = await serve(Said);
    const a = await app.inject({ method: 'POST', url: '/a' });
    expect([a.statusCode, a.headers['x-a'], a.headers['x-b'], a.json()]).toEqual([201, '1', '2', 'a']);
    expect((await app.inject({ url: '/b' })).statusCode).toBe(202);
    const redirects = await Promise.all(['/c', '/d'].map((url) => app.inject({ url })));
    expect(redirects.map(({ statusCode, headers }) => [statusCode, headers['location']])).toEqual([
      [301, '/d'],
      [307, '/e'],
    ]);
  });

  it('of a parent class is a route of its subclass, unless that declares it again', async () => {
    abstract class Crud {
      @Get() list() {
        return this.name();
      }
      @Get('more') more() {
        return 'more';
      }
      abstract name(): string;
    }
    @Controller('cats')
    class Cats extends Crud {
      name() {
        return 'cats';
      }
      override more() {
        return 'no route any more';
      }
    }
    const app = await serve(Cats);
    expect(await answer(app, { url: '/cats' })).toEqual([200, 'cats']);
    expect((await answer(app, { url: '/cats/more' }))[0]).toBe(404);
  });

  it('may have a symbol for its name', async () => {
    const hidden = Symbol('hidden');
    @Controller()
    class Symbols {
      @Get(':id') [hidden](@Param('id') id: number) {
        return id;
      }
    }
    expect(await answer(await serve(Symbols), { url: '/7' })).toEqual([200, 7]);
  });
});

describe('guards', () => {
  it('run in the order in which decorators bind them, as in NestJS: the class’ before the method’s, the lowest decorator’s first', async () => {
    const order: string[] = [];
    const guard = (name: string) => ({ canActivate: () => order.push(name) > 0 });
    @Controller()
    @UseGuards(guard('class 1'), guard('class 2'))
    @UseGuards(guard('class 3'))
    class Guarded {
      @UseGuards(guard('method 1')) @Get() @UseGuards(guard('method 2'), guard('method 3')) get() {
        return order;
      }
    }
    expect(await answer(await serve(Guarded, { guards: [guard('global')] }), { url: '/' })).toEqual([
      200,
      ['global', 'class 3', 'class 1', 'class 2', 'method 2', 'method 3', 'method 1'],
    ]);
  });
});
