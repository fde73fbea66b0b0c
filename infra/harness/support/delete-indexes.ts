import { untilTrue } from '@siku/testing'

/** The installation's own indexes, as somebody at the server would delete them; resolves when they are gone. */
export async function deleteIndexes({ url, key }: { url: string; key?: string | undefined }): Promise<void> {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const ours = async () => {
    const answer = await fetch(`${url}/indexes?limit=1000`, { headers })
    return ((await answer.json()) as { results: { uid: string }[] }).results.filter(({ uid }) => uid.startsWith('siku-g'))
  }
  for (const { uid } of await ours()) await fetch(`${url}/indexes/${uid}`, { method: 'DELETE', headers })
  await untilTrue(async () => (await ours()).length === 0, { timeoutMs: 60_000 })
}
