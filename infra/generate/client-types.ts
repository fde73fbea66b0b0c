import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import type { OpenApiDocument } from './service-documents.ts'

/** The types of packages/client from the composed document. */
export async function clientTypes(document: OpenApiDocument): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), { silent: true, alphabetize: true })
  return `${COMMENT_HEADER}${astToString(nodes)}`
}
