import { EVENT_LIMIT } from '../invoke/call-function.js';
import { carryBody, type FrontDoor, type FrontDoorResponse, isTextType, ownResponse } from './front-door.js';
import { inferredResponse, refusing, structuredResponse, withContentType } from './lambda-result.js';

const JSON_TYPE = 'application/json';
const functionError = ownResponse(502, JSON_TYPE, 'Internal Server Error');

/** A Lambda Function URL. */
export const functionUrl: FrontDoor = {
  title: 'Function URL',
  interpret: (result) => refusing(functionError, () => inferredResponse(result) ?? interpret(result)),
  functionError,
  bodyLimit: EVENT_LIMIT,
  tooLarge: ownResponse(413, JSON_TYPE, '{"Message":"Request Entity Too Large"}'),
  carry: (body, { contentType }) => carryBody(body, isTextType(contentType)),
  streams: true,
};

function interpret(result: unknown): FrontDoorResponse {
  const answer = structuredResponse(result);
  return { ...answer, headers: withContentType(answer.headers, JSON_TYPE) };
}
