import { carryBody, EVENT_LIMIT, type FrontDoor } from './front-door.js';
import { type GatewayAnswer, ownAnswer } from './gateway-answer.js';
import { inferredAnswer, structuredAnswer } from './inferred-answer.js';
import { refusing, withContentType } from './lambda-result.js';
import { isTextType } from './media-types.js';

const JSON_TYPE = 'application/json';
const functionError = ownAnswer(502, JSON_TYPE, 'Internal Server Error');

/** A Lambda Function URL. */
export const functionUrl: FrontDoor = {
  title: 'Function URL',
  interpret: (result) => refusing(functionError, () => inferredAnswer(result) ?? interpret(result)),
  functionError,
  bodyLimit: EVENT_LIMIT,
  tooLarge: ownAnswer(413, JSON_TYPE, '{"Message":"Request Entity Too Large"}'),
  carry: (body, { contentType }) => carryBody(body, isTextType(contentType)),
  streams: true,
};

function interpret(result: unknown): GatewayAnswer {
  const answer = structuredAnswer(result);
  return { ...answer, headers: withContentType(answer.headers, JSON_TYPE) };
}
