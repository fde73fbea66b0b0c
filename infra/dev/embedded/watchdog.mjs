// Ends process <pid> once the process holding this one's standard input is gone.
const pid = Number(process.argv[2])

process.stdin.resume()
process.stdin.on('end', endIt)
process.stdin.on('error', endIt)

function endIt() {
  send('SIGINT')
  setTimeout(() => send('SIGQUIT'), 20_000)
  setTimeout(() => send('SIGKILL'), 25_000)
  setInterval(() => send(0), 200)
}

function send(signal) {
  try {
    process.kill(pid, signal)
  } catch {
    process.exit(0)
  }
}
