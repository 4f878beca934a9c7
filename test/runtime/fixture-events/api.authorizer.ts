import type { APIGatewayRequestAuthorizerEventV2, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { allRoutes, authorizerPolicy, Body, Injectable, OnAuthorize, UnauthorizedException } from 'lambent';

type Question = APIGatewayTokenAuthorizerEvent | APIGatewayRequestAuthorizerEventV2;

/** A REST API gets a policy, an HTTP API yes or no. */
@Injectable()
export class ApiAuthorizer {
  @OnAuthorize()
  authorize(@Body() question: Question) {
    if (!('methodArn' in question)) return question.identitySource[0] === 'Bearer secret';
    if (question.authorizationToken !== 'Bearer secret') throw new UnauthorizedException();
    return authorizerPolicy({
      principalId: 'ada',
      resources: allRoutes(question.methodArn),
      context: { tenant: 'acme' },
    });
  }
}
