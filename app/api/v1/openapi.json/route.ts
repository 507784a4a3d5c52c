import { openApiDocument } from '#lib/api/openapi.ts'
import { apiJson } from '#lib/server/api-json.ts'

/** The document of this API; it holds nothing of anyone. */
export function GET(request: Request): Response {
  return apiJson(request, openApiDocument())
}
