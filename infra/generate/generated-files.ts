import { clientTypes } from './client-types.ts'
import { environmentPage } from './environment-page.ts'
import { readDocuments } from './service-documents.ts'
import { stableJson } from './stable-json.ts'

/** A file by its path from the root of the project. */
export type GeneratedFile = { path: string; text: string }

/** Every file that is written from the code, as it should be now. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const documents = await readDocuments()
  return [
    ...Object.entries(documents).map(([name, document]) => ({ path: `infra/openapi/${name}.json`, text: stableJson(document) })),
    { path: 'packages/client/src/generated/siku.ts', text: await clientTypes(documents.siku) },
    { path: 'infra/docs/environment.md', text: environmentPage() }
  ]
}
