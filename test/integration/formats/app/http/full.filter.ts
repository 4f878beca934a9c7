import { Catch, type ExceptionFilter, type ExecutionContext, JsonResponse, Logger } from 'lambent';

export class FullError extends Error {
  constructor(readonly seats: number) {
    super(`All ${seats} seats are taken`);
  }
}

@Catch(FullError)
export class FullFilter implements ExceptionFilter<FullError> {
  constructor(private readonly logger: Logger) {}

  catch(error: FullError, context: ExecutionContext): JsonResponse {
    this.logger.warning('Full', { seats: error.seats, route: context.route });
    return new JsonResponse({ full: true, seats: error.seats }, { statusCode: 409 });
  }
}
