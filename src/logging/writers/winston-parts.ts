import config from 'winston/lib/winston/config/index.js';
import createWinstonLogger from 'winston/lib/winston/create-logger.js';
import StreamTransport from 'winston/lib/winston/transports/stream.js';

// By its files: winston's index brings the transports for files and HTTP, a default logger and every format into a
// bundle. One module, so that a bundler makes one file of it.
export const { addColors } = config;
export { createWinstonLogger, StreamTransport };
