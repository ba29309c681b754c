import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problems } from './problem.ts';

/** OpenAPI 3.1 of every route, from the schemas that parse the requests. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Deal ledger')
    .setDescription(
      'Who owns what in private markets, as of any day and as known at any position of the ' +
        'ledger. Money and ownership are strings; unknown is null, with its reason in `unknown`.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .build();
  const document = SwaggerModule.createDocument(app, outline);
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post]) {
      if (operation === undefined) continue;
      operation.responses['default'] ??= {
        description: 'A problem (RFC 9457).',
        content: { 'application/problem+json': { schema: problemSchema } },
      };
    }
  }
  return document;
}

const problemSchema: object = z.toJSONSchema(
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as [string, ...string[]]),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          code: z.string(),
          in: z.enum(['query', 'path', 'body']),
          pointer: z.string(),
          expected: z.string(),
        }),
      )
      .optional(),
  }),
);
