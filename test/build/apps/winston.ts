import { Controller, Get, LambdaApplication, Logger, Module } from 'lambent';
import winston from 'winston';
import Transport from 'winston-transport';

const told: string[] = [];

/** Fails at the first line, as a transport to a server does that was out of reach for a moment. */
class FlakyTransport extends Transport {
  #failed = false;

  override log(info: Record<string | symbol, unknown>, done: (error?: Error) => void): void {
    const error = this.#failed ? undefined : new Error('out of reach');
    this.#failed = true;
    if (!error) told.push(`${String(info['text'])}, ${String(info[Symbol.for('message')])}`);
    done(error);
  }
}

const format = winston.format.combine(
  winston.format((info) => ({ ...info, text: String(info.message).toUpperCase() }))(),
  winston.format.printf(({ level, message }) => `${level}: ${String(message)}`),
);

@Controller()
class LinesController {
  constructor(private readonly logger: Logger) {}

  @Get('lines')
  lines() {
    this.logger.info('first');
    this.logger.warning('second');
    this.logger.debug('below the level');
    return { told, transports: Object.keys(winston.transports) };
  }

  @Get('crash')
  async crash() {
    const logger = winston.createLogger({ silent: true });
    const { trace } = logger.exceptions.getAllInfo(new Error('crashed')) as { trace: { function: string }[] };
    const coloured = winston.format
      .colorize()
      .transform({ level: 'info', message: '', [Symbol.for('level')]: 'info' }, { level: true });
    await new Promise((ended) => void logger.on('finish', ended).end());
    return { coloured, function: trace[0]?.function };
  }
}

@Module({ controllers: [LinesController] })
class AppModule {}

const transports = [new FlakyTransport()];
export const { handler } = await LambdaApplication.create(AppModule, {
  accessLog: false,
  logger: { format, transports },
}).ready();
