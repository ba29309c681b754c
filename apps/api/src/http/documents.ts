import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { describeApi } from './openapi.ts';

/** The page's own files, and styles that its script sets: it loads nothing from elsewhere. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Deal ledger API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="docs/swagger-ui.css">
  </head>
  <body>
    <main id="api"></main>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/show.js"></script>
  </body>
</html>
`;

/** `validatorUrl: null`: else the page would ask another origin whether the document is valid. */
const show = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  validatorUrl: null,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
});
`;

/** /openapi.json, and /docs to read it with. */
export function serveDocuments(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const files = createRequire(import.meta.url);
  const serve = (path: string, mediaType: string, content: () => string): void => {
    let text: string | undefined;
    fastify.get(path, (_request, reply) => {
      text ??= content();
      return reply
        .type(mediaType)
        .header('cache-control', 'no-cache')
        .header('content-security-policy', pagePolicy)
        .send(text);
    });
  };
  const distributed = (name: string) => (): string =>
    readFileSync(files.resolve(`swagger-ui-dist/${name}`), 'utf8');

  serve('/openapi.json', 'application/json', () => JSON.stringify(describeApi(app)));
  serve('/docs', 'text/html; charset=utf-8', () => page);
  serve('/docs/show.js', 'text/javascript; charset=utf-8', () => show);
  serve(
    '/docs/swagger-ui-bundle.js',
    'text/javascript; charset=utf-8',
    distributed('swagger-ui-bundle.js'),
  );
  serve('/docs/swagger-ui.css', 'text/css; charset=utf-8', distributed('swagger-ui.css'));
}
