import config from 'winston/lib/winston/config/index.js';
import createWinstonLogger from 'winston/lib/winston/create-logger.js';
import StreamTransport from 'winston/lib/winston/transports/stream.js';

// Imports single files, because winston's index pulls the file and HTTP transports, a default logger and every format
// into a bundle. They stand in one module, which a bundler writes as one file.
export const { addColors } = config;
export { createWinstonLogger, StreamTransport };
