import { EVENT_LIMIT } from '../invoke/call-function.js';
import { type FrontDoor, isTextType, ownResponse, textOrBase64 } from './front-door.js';
import { payload2Response, refusing } from './lambda-result.js';

const JSON_TYPE = 'application/json';
const functionError = ownResponse(502, JSON_TYPE, 'Internal Server Error');

/** A Lambda function URL. */
export const functionUrl: FrontDoor = {
  title: 'Function URL',
  interpret: (result) => refusing(functionError, () => payload2Response(result, JSON_TYPE)),
  functionError,
  bodyLimit: EVENT_LIMIT,
  tooLarge: ownResponse(413, JSON_TYPE, '{"Message":"Request Entity Too Large"}'),
  encodeBody: (body, { contentType }) => textOrBase64(body, isTextType(contentType)),
  streams: true,
};
