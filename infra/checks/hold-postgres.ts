// Starts PostgreSQL on a folder, says where it is, and stays until it is ended: the parent that the tests kill.
import { startPostgres } from '../dev/embedded/index.ts'

const [dataDir = '', launch = ''] = process.argv.slice(2)
const server = await startPostgres({ dataDir, test: true, ...(launch === 'watched' && { bound: false }) })
console.log(JSON.stringify({ url: server.url, port: server.port, pid: server.pid }))
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
setInterval(() => {}, 60_000)
