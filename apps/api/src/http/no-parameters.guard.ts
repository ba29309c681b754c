import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseBy } from './schema.pipe.ts';

const nothing = z.strictObject({});

/** For a route without parameters in its query: `@UseGuards(NoParameters)`. */
@Injectable()
export class NoParameters implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    parseBy(nothing, query, { place: 'query', parent: [] });
    return true;
  }
}
