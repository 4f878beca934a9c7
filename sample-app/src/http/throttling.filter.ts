import {
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
} from '@aws-sdk/client-dynamodb';
import { Catch, type ExceptionFilter, ServiceUnavailableException } from 'lambent';

/** DynamoDB is out of breath, after the client's own retries: the caller may come back. */
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
