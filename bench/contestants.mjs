// The contestants. The first one is the baseline.

/**
 * `entry` is below `contestants/` and exports `handler`; `packages` says whose dependencies it is built with, see
 * paths.mjs; `npm` names what its users install, for the list of versions. With `suites` it is in these only. `build`
 * are options of Lambent's build, and `isOther` is the commit that `--against` names. With `sampleEvents` it gets a
 * code cache, which each Node that is measured makes for itself.
 */
export const contestants = [
  { id: 'hand-written', title: 'hand-written', entry: 'hand-written/index.mjs', packages: 'peers', npm: [] },
  lambent({ id: 'lambent', title: 'Lambent' }),
  lambent({ id: 'lambent-unplanned', title: 'Lambent, planned in the process', build: { plan: false } }),
  lambent({
    id: 'lambent-cached',
    title: 'Lambent, code cache',
    suites: ['cold', 'early', 'scale'],
    // What the cold and the early suite send.
    sampleEvents: ['get', 'post', 'post-invalid', 'unknown-path'],
  }),
  lambent({ id: 'lambent-before', title: 'Lambent, other commit', isOther: true }),
  lambent({ id: 'lambent-winston', title: 'Lambent, winston', entry: 'lambent/winston.ts', suites: ['cold'] }),
  {
    id: 'middy',
    title: 'Middy, Ajv',
    entry: 'middy/index.mjs',
    packages: 'peers',
    npm: [
      '@middy/core',
      '@middy/http-router',
      '@middy/http-json-body-parser',
      '@middy/validator',
      'ajv',
      '@aws-lambda-powertools/logger',
    ],
  },
  {
    id: 'lambda-api',
    title: 'lambda-api, Ajv',
    entry: 'lambda-api/index.mjs',
    packages: 'peers',
    npm: ['lambda-api', 'ajv'],
  },
  { id: 'hono', title: 'Hono, zod', entry: 'hono/index.mjs', packages: 'peers', npm: ['hono', 'zod'] },
  {
    id: 'powertools',
    title: 'Powertools, zod',
    entry: 'powertools/index.mjs',
    packages: 'peers',
    npm: [
      '@aws-lambda-powertools/event-handler',
      '@aws-lambda-powertools/logger',
      '@aws-lambda-powertools/batch',
      'zod',
    ],
  },
  {
    id: 'fastify',
    title: 'Fastify',
    entry: 'fastify/index.mjs',
    packages: 'peers',
    npm: ['fastify', '@fastify/aws-lambda', 'pino'],
  },
  {
    id: 'nestjs-express',
    title: 'NestJS, Express',
    entry: 'nestjs/express.ts',
    packages: 'peers',
    npm: [
      '@nestjs/core',
      '@nestjs/platform-express',
      'express',
      '@codegenie/serverless-express',
      'class-validator',
      'class-transformer',
    ],
  },
  {
    id: 'nestjs-fastify',
    title: 'NestJS, Fastify',
    entry: 'nestjs/fastify.ts',
    packages: 'peers',
    npm: ['@nestjs/core', '@nestjs/platform-fastify', '@fastify/aws-lambda', 'class-validator', 'class-transformer'],
  },
];

export const [yardstick] = contestants;

function lambent(own) {
  const npm = ['class-validator', 'class-transformer', 'reflect-metadata', 'tsyringe', 'winston'];
  return { entry: 'lambent/index.ts', packages: 'lambent', npm, ...own };
}
