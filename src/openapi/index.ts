export {
  ApiExclude,
  ApiOperation,
  ApiProperty,
  type ApiPropertyOptions,
  ApiResponse,
  type ApiResponseOptions,
  ApiSecurity,
  ApiTags,
  type ApiType,
} from '../decorators/api.js';
export type { ApiOperationMetadata as ApiOperationOptions } from '../metadata/api-metadata.js';
export type { JsonSchema } from '../shared/json-schema.js';
export { createOpenApiDocument } from './create-openapi-document.js';
export type { OpenApiDocument, OperationObject, ParameterObject, SecurityScheme } from './openapi-document.js';
export { OpenApiModule, type OpenApiModuleOptions } from './openapi-module.js';
export type { OpenApiOptions } from './openapi-options.js';
export { documentationPage } from './page/documentation-page.js';
