import type { ExportedFile } from './export-conversations.ts'

/** A file that the browser keeps under its name instead of showing it. */
export function fileResponse({ content, type, fileName }: ExportedFile): Response {
  return new Response(content, {
    headers: {
      'content-type': type,
      // Names beyond ASCII as RFC 6266 has them; older clients read the first.
      'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\x20-\x7e]+/g, '_')}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'cache-control': 'no-store',
    },
  })
}
