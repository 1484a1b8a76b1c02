import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import { ErrorReply } from '@dialog/shared/contract/errorReply';
import { ERROR_STATUS, type ErrorCode } from '@dialog/shared/contract/errors';
import { COMMON_ERRORS, type Route } from '@dialog/shared/contract/routes';
import { clientSignals, PROTOCOL_VERSION, serverEvents } from '@dialog/shared/protocol';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { routeName } from './routeNames.ts';
import type { Endpoint } from './router.ts';
import { strictSchema } from './strictSchema.ts';

type Schema = z.core.$ZodType;

/** `/api/openapi.json`, a page to read it at `/api/docs`, and `/api/events.json`: all made from what is served. */
export async function describeApi(
  http: FastifyInstance,
  endpoints: readonly Endpoint[],
  version: string,
): Promise<void> {
  const openapi = openapiOf(endpoints, version);
  const events = JSON.stringify(eventsOf());
  http.get('/api/openapi.json', async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(openapi)),
  );
  http.get('/api/events.json', async (_request, reply) => reply.type('application/json').send(events));
  await http.register(fastifySwagger, { mode: 'static', specification: { document: openapi as never } });
  // Its page carries an inline style; the rest of Dialog does not have to allow that for it.
  await http.register(fastifySwaggerUi, {
    routePrefix: '/api/docs',
    staticCSP:
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    uiConfig: { tryItOutEnabled: false, validatorUrl: null },
  });
}

function openapiOf(endpoints: readonly Endpoint[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { route } of endpoints) {
    const path = `/api${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dialog',
      version,
      description:
        'Everything a person can do. Signed-in acts take a bearer token, or the session cookie from a page of this origin.',
    },
    paths,
    components: {
      schemas: { ErrorReply: jsonSchema(ErrorReply, 'output') },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operationOf(route: Route) {
  return {
    operationId: routeName(route),
    summary: route.summary,
    ...(route.access !== 'public' ? { security: [{ bearer: [] }] } : {}),
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body
      ? { requestBody: { required: true, content: jsonContent(jsonSchema(strictSchema(route.body), 'input')) } }
      : {}),
    responses: {
      200: { description: 'Done.', content: jsonContent(jsonSchema(route.reply, 'output')) },
      ...refusalsOf(route),
    },
  };
}

function parametersOf(schema: Schema | undefined, where: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: property,
  }));
}

/** Codes that share a status share its entry. */
function refusalsOf(route: Route): Record<string, unknown> {
  const common = COMMON_ERRORS.filter((code) => route.access !== 'public' || code !== 'not-signed-in');
  const byStatus = Map.groupBy<number, ErrorCode>([...common, ...route.errors], (code) => ERROR_STATUS[code]);
  const content = jsonContent({ $ref: '#/components/schemas/ErrorReply' });
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  );
}

function eventsOf() {
  const described = (
    events: Readonly<Record<string, { readonly summary: string; readonly payload: Schema }>>,
    io: 'input' | 'output',
  ) =>
    Object.fromEntries(
      Object.entries(events).map(([name, { summary, payload }]) => [
        name,
        { summary, payload: jsonSchema(payload, io) },
      ]),
    );
  return {
    protocol: PROTOCOL_VERSION,
    fromServer: described(serverEvents, 'output'),
    fromClient: described(clientSignals, 'input'),
  };
}

function jsonContent(schema: unknown) {
  return { 'application/json': { schema } };
}

function jsonSchema(schema: Schema, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
