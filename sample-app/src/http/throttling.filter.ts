import {
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
} from '@aws-sdk/client-dynamodb';
import { Catch, type ExceptionFilter, ServiceUnavailableException } from 'lambent';

/** Responds with 503 when DynamoDB still throttles after the client's own retries, so that the caller tries again. */
@Catch(ProvisionedThroughputExceededException, RequestLimitExceeded, ThrottlingException)
export class ThrottlingFilter implements ExceptionFilter<Error> {
  catch(error: Error): never {
    throw new ServiceUnavailableException('Too much traffic, try again shortly', {
      headers: { 'retry-after': '1' },
      errorDetail: error.name,
      cause: error,
    });
  }
}
