export type Page<T> = { data?: { data: readonly T[]; next: string | null } }

/** Every item of a list, page after page: `for await (const record of items((cursor) => siku.GET('/v1/…', { params: { query: { cursor } } })))`. */
export async function* items<T>(readPage: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined
  do {
    const { data: page } = await readPage(cursor)
    yield* page?.data ?? []
    cursor = page?.next ?? undefined
  } while (cursor !== undefined)
}
