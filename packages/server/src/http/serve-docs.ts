import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

/**
 * The OpenAPI document at `/openapi.json` and Scalar at `/docs` to browse it. Scalar comes from its own package on
 * this machine; the page's policy lets nothing be loaded from or sent anywhere else.
 */
export function serveDocs(app: FastifyInstance): void {
  const hidden = { schema: { hide: true } };
  app.get('/openapi.json', hidden, async () => app.swagger());
  app.get('/docs', hidden, async (_, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', docsPolicy).send(docsPage),
  );
  app.get('/docs/scalar.js', hidden, async (_, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(createReadStream(scalarBundle)),
  );
  if (app.hasRoute({ method: 'GET', url: '/' })) return;
  app.get('/', hidden, async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', indexPolicy)
      .send(indexPage(`${request.protocol}://${request.host}/api/v1`)),
  );
}

const scalarBundle = fileURLToPath(
  new URL('js/standalone.js', import.meta.resolve('@scalar/fastify-api-reference')),
);

// Scalar styles its elements inline and keeps icons in data: addresses.
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const indexPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const scalarSettings = {
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  proxyUrl: '',
  hideClientButton: true,
  showDeveloperTools: 'never',
  authentication: { preferredSecurityScheme: 'bearer' },
  documentDownloadType: 'json',
  defaultOpenAllTags: false,
  metaData: { title: 'Touchstone API' },
};

const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Touchstone API</title>
</head>
<body>
<script id="api-reference" data-url="/openapi.json" data-configuration='${JSON.stringify(scalarSettings)}'></script>
<script src="/docs/scalar.js"></script>
</body>
</html>
`;

function indexPage(api: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Touchstone</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}</style>
</head>
<body>
<h1>Touchstone</h1>
<p>Which campaign earned which sale, to the cent.</p>
<p>The API answers at <code>${escapeHtml(api)}</code>; <a href="/docs">its documentation</a> can be browsed and tried here.</p>
</body>
</html>
`;
}

// The host comes from the request.
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
