import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** Everything comes from this origin. Swagger UI sets styles by itself, which no nonce can be given to. */
export const documentationPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page that Swagger UI draws the document on; no script is in it, so that the policy needs to allow none. */
export const documentationPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Stoa API</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
    <link rel="stylesheet" href="/api/docs/page.css">
    <script src="/api/docs/swagger-ui-bundle.js" defer></script>
    <script src="/api/docs/page.js" defer></script>
  </head>
  <body>
    <nav><a href="/">Back to your conversations</a></nav>
    <main id="documentation"></main>
    <noscript>This page is drawn by JavaScript. The document itself is at /api/v1/openapi.json.</noscript>
  </body>
</html>
`

const pageScript = `const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()
SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#documentation',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
})
`

const pageStyle = `:root { color-scheme: light; --page: #fdfdfc; --quiet: #57534e; }
:root.dark-mode { color-scheme: dark; --page: #171614; --quiet: #a8a29e; }
html, html.dark-mode, html.dark-mode body, html.dark-mode .swagger-ui { background: var(--page); }
body { margin: 0 auto; max-width: 64rem; }
nav { padding: 2rem 20px 0; font: 14px sans-serif; }
nav a { color: var(--quiet); text-underline-offset: 3px; }
nav a:focus-visible { outline: 2px solid; outline-offset: 2px; }
.swagger-ui .info { margin: 2rem 0 1.5rem; }
/* There is one, which is this. */
.swagger-ui .scheme-container .servers-title, .swagger-ui .scheme-container .servers { display: none; }
.swagger-ui .scheme-container, html.dark-mode .swagger-ui .scheme-container {
  padding: 0 0 1rem;
  background: none;
  box-shadow: none;
}
noscript { display: block; padding: 2rem 20px; font: 16px sans-serif; }
`

const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }

/** Of swagger-ui-dist, which is served as it is. */
const packaged = ['swagger-ui-bundle.js', 'swagger-ui.css']

/** A file that the documentation is drawn with; NULL: there is none of this name. */
export async function documentationAsset(name: string): Promise<{ content: string; type: string } | null> {
  if (name === 'page.js') return { content: pageScript, type: types.js }
  if (name === 'page.css') return { content: pageStyle, type: types.css }
  if (!packaged.includes(name)) return null
  const file = path.join(process.cwd(), 'node_modules/swagger-ui-dist', name)
  return { content: await readFile(file, 'utf8'), type: name.endsWith('.js') ? types.js : types.css }
}
