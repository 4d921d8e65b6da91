import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { cookieName } from './session-cookie.ts';

type Override = Parameters<NonNullable<z.core.ToJSONSchemaParams['override']>>[0];

/** What a JSON Schema cannot say must not reach the document unnoticed. */
const zodToJsonConfig = { unrepresentable: 'throw', override: adjust } as const;

/** How @fastify/swagger makes the OpenAPI document of the routes that `serveRoute` describes. */
export const documentation: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Touchstone',
      version: '1',
      description: [
        'Which campaign earned which sale, to the cent.',
        'Every answer is an envelope: `{"success": true, "data": …, "meta"?: …}` or `{"success": false, "error": …}`.',
        'Money is a decimal number with its currency beside it; timestamps are ISO 8601 with an offset.',
        'Unknown fields are refused. Bodies have at most 10 MB.',
        'A POST with an `Idempotency-Key` is carried out once in 24 hours, however often it is sent.',
      ].join('\n\n'),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key: `Authorization: Bearer tsk_…`' },
        key: {
          type: 'apiKey',
          in: 'header',
          name: 'X-API-Key',
          description: 'The same key in a header of its own',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: cookieName,
          description:
            'A person who has signed in; changes need the header `X-Requested-With: touchstone` too',
        },
      },
    },
  },
  convertConstToEnum: false,
  transform: createJsonSchemaTransform({ zodToJsonConfig }),
  transformObject: (document) =>
    freeOptionalBodies(createJsonSchemaTransformObject({ zodToJsonConfig })(document)),
};

/** Marks an operation whose body may be left out; @fastify/swagger takes every body for required. */
export const optionalBody = 'x-optional-body';

function freeOptionalBodies<Document extends { paths?: object }>(document: Document): Document {
  for (const methods of Object.values(document.paths ?? {})) {
    for (const operation of Object.values<Record<string, unknown>>(methods)) {
      if (optionalBody in operation) Object.assign(operation.requestBody as object, { required: false });
      delete operation[optionalBody];
    }
  }
  return document;
}

// Input objects are served closed (see closeObjects), so they are described closed. A pattern that only spells out the
// format beside it is left out.
function adjust({ zodSchema, jsonSchema }: Override): void {
  if (zodSchema._zod.def.type === 'object' && jsonSchema.additionalProperties === undefined) {
    jsonSchema.additionalProperties = false;
  }
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}
