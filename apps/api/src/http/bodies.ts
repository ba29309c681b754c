import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const mediaTypes = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
];

/** Bodies arrive as bytes: events are recorded as they were sent. Other media types: 415. */
export function takeRawBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(mediaTypes, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}
