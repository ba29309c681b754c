import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LedgerMeta, Meta } from './answer.ts';
import { LastPosition, positionHeader } from './position-header.ts';

/** Says in headers what an answer's `meta` and `next` say in its body. */
@Injectable()
export class MetaInterceptor implements NestInterceptor {
  readonly #last: LastPosition;

  constructor(last: LastPosition) {
    this.#last = last;
  }

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((answer) => {
        const { meta, next: cursor } = (answer ?? {}) as {
          meta?: LedgerMeta & Partial<Meta>;
          next?: string | null;
        };
        if (meta === undefined) return;
        this.#last.see(meta.position);
        void reply.header(positionHeader, meta.position);
        // An answer may be kept only to ask whether it still holds; an unsettled one not at all.
        void reply.header('cache-control', meta.settled === false ? 'no-store' : 'no-cache');
        if (typeof cursor === 'string') {
          void reply.header('link', `<${nextUrl(request.url, cursor)}>; rel="next"`);
        }
      }),
    );
  }
}

/** What a cursor holds by itself, and no query with a cursor may say again. */
const pinnedByCursor = ['asOf', 'knownAt', 'publishedBy', 'minPosition', 'from', 'to'];

/** The same question from the cursor on. */
function nextUrl(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  for (const name of pinnedByCursor) parameters.delete(name);
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
