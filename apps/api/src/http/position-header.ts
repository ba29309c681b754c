import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The newest position any answer has reflected; what an answer without one of its own states. */
@Injectable()
export class LastPosition {
  #position: number | undefined;

  get position(): number | undefined {
    return this.#position;
  }

  see(position: number): void {
    if (this.#position === undefined || position > this.#position) this.#position = position;
  }
}

/** X-Ledger-Position on every answer under /v1, problems included, once a position is known. */
export function statePosition(app: NestFastifyApplication): void {
  const last = app.get(LastPosition);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, _payload, done) => {
      if (request.url.startsWith('/v1/') && !reply.hasHeader(positionHeader)) {
        if (last.position !== undefined) void reply.header(positionHeader, last.position);
      }
      done();
    });
}

export const positionHeader = 'x-ledger-position';
