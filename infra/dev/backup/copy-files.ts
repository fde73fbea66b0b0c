import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BackedUpFile } from './manifest.ts'

const chunkBytes = 1024 * 1024

/** Folders and files below a folder, by their path from it, without what `skips` names. */
export async function listBelow(
  root: string,
  skips: (path: string) => boolean = () => false
): Promise<{ folders: string[]; files: string[] }> {
  const folders: string[] = []
  const files: string[] = []
  const visit = async (folder: string) => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (skips(path)) continue
      if (entry.isDirectory()) {
        folders.push(path)
        await visit(path)
      } else if (entry.isFile()) files.push(path)
    }
  }
  await visit('')
  return { folders: folders.toSorted(), files: files.toSorted() }
}

/** Copies a file to stay (its bytes are on the disk when this returns) and tells what was copied. Undefined where it is gone meanwhile. */
export async function copyFile(from: string, to: string, path: string): Promise<BackedUpFile | undefined> {
  const source = await open(join(from, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (!source) return undefined
  try {
    const target = await openNew(join(to, path))
    try {
      const copied = await pump(source, target)
      await target.datasync()
      return { path, ...copied }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

type Handle = Awaited<ReturnType<typeof open>>

async function pump(source: Handle, target: Handle): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  const chunk = Buffer.allocUnsafe(chunkBytes)
  let size = 0
  for (;;) {
    const { bytesRead } = await source.read(chunk, 0, chunkBytes, size)
    if (bytesRead === 0) return { size, sha256: hash.digest('hex') }
    const bytes = chunk.subarray(0, bytesRead)
    hash.update(bytes)
    await target.write(bytes, 0, bytesRead, size)
    size += bytesRead
  }
}

async function openNew(file: string): Promise<Handle> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  return open(file, 'wx', 0o600)
}

/** Writes a small file to stay, and tells what was written. */
export async function writeNew(to: string, path: string, bytes: Buffer | string): Promise<BackedUpFile> {
  const target = await openNew(join(to, path))
  try {
    await target.writeFile(bytes)
    await target.datasync()
  } finally {
    await target.close()
  }
  return { path, size: Buffer.byteLength(bytes), sha256: createHash('sha256').update(bytes).digest('hex') }
}

const rereadsMax = 50

/** The bytes of a small file that another program may be writing just now: read until two readings agree. */
export async function readSettled(file: string): Promise<Buffer> {
  let last = await readFile(file)
  for (let reading = 0; reading < rereadsMax; reading++) {
    const next = await readFile(file)
    if (next.equals(last)) return next
    last = next
  }
  throw new Error(`${file} does not stay the same from one reading to the next`)
}
