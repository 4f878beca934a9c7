import type { RolldownLog } from 'rolldown';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { missingPeers } from '../errors/missing-peers.js';
import { messageOf } from '../shared/thrown.js';

/**
 * Whether an application uses features that need packages, by the names that the error of the start has: `true` where
 * it certainly does, `false` where it certainly does not.
 */
export type FeatureUse = Readonly<Record<string, boolean>>;

interface Feature {
  /** The packages that it needs, separated by spaces. */
  readonly packages: string;
  /** The framework's files that import these packages. */
  readonly files: readonly string[];
}

/** The features whose packages are optional, as far as a plan tells of them. */
export const FEATURES: Readonly<Record<string, Feature>> = {
  AlbAuthModule: { packages: 'aws-jwt-verify', files: ['auth/alb/alb-keys', 'auth/alb/create-alb-auth'] },
  JwtModule: { packages: 'aws-jwt-verify', files: ['auth/jwt/create-token-verifier', 'auth/jwt/issuers'] },
  SecretsModule: {
    packages: '@aws-lambda-powertools/parameters @aws-sdk/client-secrets-manager',
    files: ['aws/parameters/secrets-module'],
  },
  ParametersModule: {
    packages: '@aws-lambda-powertools/parameters @aws-sdk/client-ssm',
    files: ['aws/parameters/parameters-module'],
  },
  AppConfigModule: {
    packages: '@aws-lambda-powertools/parameters @aws-sdk/client-appconfigdata',
    files: ['aws/parameters/app-config-module'],
  },
  IdempotencyModule: {
    packages: '@aws-lambda-powertools/idempotency @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb',
    files: ['aws/idempotency/idempotency-store'],
  },
  MetricsModule: { packages: '@aws-lambda-powertools/metrics', files: ['observability/metrics/powertools-lines'] },
  TracingModule: { packages: '@opentelemetry/api', files: ['observability/tracing/tracing-module'] },
  Queue: { packages: '@aws-sdk/client-sqs', files: ['messaging/sending/aws-message-sender'] },
  Topic: { packages: '@aws-sdk/client-sns', files: ['messaging/sending/aws-message-sender'] },
  EventBus: { packages: '@aws-sdk/client-eventbridge', files: ['messaging/sending/aws-message-sender'] },
  PayloadBucket: { packages: '@aws-sdk/client-s3', files: ['messaging/payloads/payload-store'] },
  'RateLimitModule with a table': { packages: '@aws-sdk/client-dynamodb', files: ['rate-limit/table-store'] },
  '@Cached': { packages: 'lru-cache', files: ['cache/method-cache'] },
};

/**
 * Returns the imports of packages that are not installed, without those that no application gets to.
 *
 * @param uses What the applications use, one for each.
 * @throws BootstrapError with the errors of the start, if an application uses what needs such a package.
 */
export function refuseAbsentPeers(absent: readonly RolldownLog[], uses: readonly FeatureUse[]): readonly RolldownLog[] {
  const found = absent.map((log) => ({ log, feature: featureOf(log) }));
  const used = found.filter(({ feature }) => uses.some((use) => use[feature ?? ''] === true));
  const errors = new Map(used.map(({ log, feature }) => [feature!, errorOfStart(feature!, log)]));
  if (errors.size > 0) throw new BootstrapError([...errors.values()].join('\n'));
  const isUnused = (feature = '') => uses.length > 0 && uses.every((use) => use[feature] === false);
  return found.filter(({ feature }) => !isUnused(feature)).map(({ log }) => log);
}

/** Returns the feature that an import is for. A package of a feature may import another one, as Powertools does. */
function featureOf({ id = '', exporter = '' }: RolldownLog): string | undefined {
  const file = id.replaceAll('\\', '/').replace(/\.[jt]s$/, '');
  const found = Object.entries(FEATURES).find(([, { packages, files }]) => {
    const names = packages.split(' ');
    if (!names.some((name) => exporter === name || exporter.startsWith(`${name}/`))) return false;
    return files.some((each) => file.endsWith(`/${each}`)) || names.some((name) => file.includes(`/${name}/`));
  });
  return found?.[0];
}

function errorOfStart(feature: string, { exporter }: RolldownLog): string {
  const advice = 'Add it to the option "external" if a layer or the runtime provides it.';
  const reason = `Cannot find package '${exporter}'. ${advice}`;
  try {
    return missingPeers(feature, FEATURES[feature]!.packages)({ code: 'ERR_MODULE_NOT_FOUND', message: reason });
  } catch (error) {
    return messageOf(error);
  }
}
