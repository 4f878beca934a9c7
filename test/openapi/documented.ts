import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Module } from '../../src/decorators/module.js';
import { createOpenApiDocument } from '../../src/openapi/create-openapi-document.js';
import type { OpenApiDocument, OperationObject, PathItem } from '../../src/openapi/openapi-document.js';
import type { OpenApiOptions } from '../../src/openapi/openapi-options.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';

export const info = { title: 'Orders', version: '1.0.0' };

/** The document of an application of these controllers. */
export function documentOf(
  controllers: Constructor[],
  options: Partial<OpenApiOptions> = {},
  application: ApplicationOptions = {},
): OpenApiDocument {
  return createOpenApiDocument(LambdaApplication.describe(moduleOf({ controllers }), application), {
    ...info,
    ...options,
  });
}

export function moduleOf(metadata: ModuleMetadata): Constructor {
  class AppModule {}
  Module(metadata)(AppModule);
  return AppModule;
}

/** The one operation of a controller of one route. */
export function operationOf(controller: Constructor): OperationObject {
  const [item] = Object.values(documentOf([controller]).paths);
  return Object.values(item as PathItem)[0] as OperationObject;
}

/** Checks values by the schemas of a document. */
export function validatorOf(document: OpenApiDocument): (schema: object, value: unknown) => string {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  return (schema, value) => {
    const validate = ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as object,
    );
    return validate(value) ? '' : ajv.errorsText(validate.errors);
  };
}
