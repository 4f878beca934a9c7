// Types for the files of winston that winston-parts.ts imports. winston ships types for its index only.
declare module 'winston/lib/winston/create-logger.js' {
  const createLogger: typeof import('winston').createLogger;
  export default createLogger;
}

declare module 'winston/lib/winston/transports/stream.js' {
  const StreamTransport: typeof import('winston').transports.Stream;
  export default StreamTransport;
}

declare module 'winston/lib/winston/config/index.js' {
  const config: Pick<typeof import('winston'), 'addColors'>;
  export default config;
}
