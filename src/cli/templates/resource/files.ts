import type { ElementName } from '../element-name.js';
import type { Files } from '../files.js';
import { controllerSpecText, controllerText } from './controller.js';
import { createDtoText, entityText, updateDtoText } from './dtos.js';
import { serviceSpecText, serviceText } from './service.js';

/** Create, read, update and delete, kept in memory. */
export function resourceFiles(name: ElementName): Files {
  const { kebab, singular } = name;
  return {
    [`${kebab}.module.ts`]: moduleText(name),
    [`${kebab}.controller.ts`]: controllerText(name),
    [`${kebab}.controller.spec.ts`]: controllerSpecText(name),
    [`${kebab}.service.ts`]: serviceText(name),
    [`${kebab}.service.spec.ts`]: serviceSpecText(name),
    [`dto/create-${singular.kebab}.dto.ts`]: createDtoText(name),
    [`dto/update-${singular.kebab}.dto.ts`]: updateDtoText(name),
    [`entities/${singular.kebab}.entity.ts`]: entityText(name),
  };
}

function moduleText({ kebab, pascal }: ElementName): string {
  return `import { Module } from 'lambent';
import { ${pascal}Controller } from './${kebab}.controller.js';
import { ${pascal}Service } from './${kebab}.service.js';

@Module({
  controllers: [${pascal}Controller],
  providers: [${pascal}Service],
  exports: [${pascal}Service],
})
export class ${pascal}Module {}
`;
}
