import fastify from 'fastify'

/** A bare server in a process of its own, for the reference side of a comparison. */
const app = fastify()
app.get('/hello', async () => ({ status: 'live' }))
const address = await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ address })
process.once('disconnect', () => void app.close())
