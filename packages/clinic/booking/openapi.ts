/** The OpenAPI document, generated from the routes and their zod schemas. */
import { z } from 'zod';
import { problemSchema } from './schema.ts';

export interface RouteReply {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
}

export interface RouteDescription {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/api/v1/bookings/{token}` */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly replies: Readonly<Record<number, RouteReply>>;
  /** Codes of the problems this route answers with. */
  readonly problems: readonly string[];
  /** What a program's token must carry; without it the route is open to everybody. */
  readonly scope?: string;
}

type Json = Record<string, unknown>;

export function openApiDocument(routes: readonly RouteDescription[], serverUrl: string): Json {
  const schemas: Json = {};
  const jsonOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
    const lifted = JSON.parse(
      JSON.stringify({ json, $defs: $defs ?? {} }).replaceAll('#/$defs/', '#/components/schemas/'),
    ) as {
      json: Json;
      $defs: Json;
    };
    for (const [name, one] of Object.entries(lifted.$defs)) schemas[name] = withoutId(one as Json);
    const id = (schema as { meta?: () => { id?: string } | undefined }).meta?.()?.id;
    if (id === undefined) return lifted.json;
    schemas[id] = withoutId(lifted.json);
    return { $ref: `#/components/schemas/${id}` };
  };
  const problem = jsonOf(problemSchema, 'output');
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const parameters: Json[] = [...route.path.matchAll(/\{(\w+)\}/g)].map((m) => ({
      name: m[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }));
    for (const [where, object] of [
      ['query', route.query],
      ['header', route.headers],
    ] as const) {
      for (const [name, field] of Object.entries(object?.shape ?? {})) {
        const schema = jsonOf(field as z.ZodType, 'input');
        const required = !(field as z.ZodType).safeParse(undefined).success;
        parameters.push({ name, in: where, required, schema });
      }
    }
    const responses: Record<string, Json> = {
      default: {
        description: `A problem. Codes: ${route.problems.join(', ')}.`,
        content: { 'application/problem+json': { schema: problem } },
      },
    };
    for (const [status, reply] of Object.entries(route.replies)) {
      responses[status] = {
        description: reply.description,
        ...(reply.schema === undefined && reply.mediaType === undefined
          ? {}
          : {
              content: {
                [reply.mediaType ?? 'application/json']: {
                  schema: reply.schema === undefined ? { type: 'string' } : jsonOf(reply.schema, 'output'),
                },
              },
            }),
      };
    }
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: {
        operationId: route.operationId,
        summary: route.summary,
        ...(route.scope === undefined
          ? {}
          : { security: [{ token: [] }], description: `Needs a token with the scope \`${route.scope}\`.` }),
        ...(parameters.length === 0 ? {} : { parameters }),
        ...(route.body === undefined
          ? {}
          : {
              requestBody: {
                required: true,
                content: { 'application/json': { schema: jsonOf(route.body, 'input') } },
              },
            }),
        responses,
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Undertone API',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by an owner on the page “Programs”.' },
      },
    },
  };
}

function withoutId(json: Json): Json {
  const { id: _, ...rest } = json;
  return rest;
}
