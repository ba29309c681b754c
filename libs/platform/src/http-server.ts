import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Metrics } from './metrics.ts';

/** Accepted from a caller; anything else is replaced, since it is logged and sent back. */
const requestIdForm = /^[A-Za-z0-9._-]{1,64}$/;

export type Refusal = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** Fastify with every size and time limited. */
export function createAdapter(bodyLimitBytes: number, onRefusal?: Refusal): FastifyAdapter {
  return new FastifyAdapter({
    ...(onRefusal === undefined ? {} : { frameworkErrors: onRefusal }),
    bodyLimit: bodyLimitBytes,
    // Longer than any id: an overlong one is answered as a wrong parameter, not as no route.
    routerOptions: { maxParamLength: 2_000 },
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdForm.test(given) ? given : randomUUID();
    },
  });
}

/**
 * Headers that every answer carries; and of every answer one log line and the time it took. Probes
 * and scrapes are logged only when they fail. Never a header or a body: they may hold secrets.
 */
export function watchRequests(app: NestFastifyApplication, logger: Logger): void {
  const metrics = app.get(Metrics);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ ...safeHeaders, 'x-request-id': request.id });
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const { method, url, id: reqId } = request;
    const { statusCode: status, elapsedTime } = reply;
    metrics.observeRequest({ method, route, status }, elapsedTime / 1_000);
    const line = { reqId, method, url, status, ms: Math.round(elapsedTime * 10) / 10 };
    if (status >= 500) logger.error(line, 'Request failed');
    else if (!/^\/(health\/|metrics)/.test(url)) logger.info(line, 'Request answered');
    done();
  });
}

/** Answers are data: no browser may run, frame or guess anything from them. */
const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};
