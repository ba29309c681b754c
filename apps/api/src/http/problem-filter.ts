import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { Problem, problems } from './problem.ts';
import type { ProblemCode } from './problem.ts';

/** Answers every failure as application/problem+json; a 5xx says nothing of what is inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: PinoLogger;

  constructor(logger: PinoLogger) {
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    // To be behind or not ready is told to the caller; what failed is for the operator.
    if (problem.status === 500 || problem.cause !== undefined) {
      this.#logger.error({ err: problem.cause ?? error, reqId: request.id }, problem.message);
    }
    sendProblem(problem, request, reply);
  }
}

/** What Fastify refuses before any route is asked. */
export function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(problemOf(error), request, reply);
}

function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (problem.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', problem.retryAfterSeconds);
  }
  void reply
    .status(problem.status)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(bodyOf(problem, request)));
}

function bodyOf(problem: Problem, request: FastifyRequest): object {
  return {
    type: `urn:deal-ledger:problem:${problem.code}`,
    title: problems[problem.code].title,
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    instance: request.url.split('?', 1)[0],
    requestId: request.id,
    ...(problem.faults.length === 0 ? {} : { errors: problem.faults }),
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const refusal = refusals[statusOf(error)];
  if (refusal !== undefined) return new Problem(...refusal);
  if (statusOf(error) < 500) return new Problem('invalid-request', 'It does not follow HTTP.');
  if (isPassing(error)) {
    return new Problem('temporarily-unavailable', 'Ask again in a moment.', {
      retryAfterSeconds: 2,
      cause: error,
    });
  }
  return new Problem('internal-error', 'The failure is logged under the request id.', {
    cause: error,
  });
}

/** What Fastify and Nest refuse by themselves, by status. */
const refusals: Readonly<Record<number, [ProblemCode, string]>> = {
  404: ['no-such-route', 'See /docs for what can be asked.'],
  413: ['body-too-large', 'Send fewer events at once.'],
  415: ['unsupported-media-type', 'Send JSON; see /docs.'],
};

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code);
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

/**
 * What a restart or a fail-over of PostgreSQL looks like to a query, and a statement that was
 * ended since it took too long. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(08|53|57|58)/.test(code) || /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)$/.test(code)) {
    return true;
  }
  return (
    error instanceof Error &&
    /connection (timeout|terminated)|timeout exceeded/i.test(error.message)
  );
}
