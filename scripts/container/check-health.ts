/** The image's health check: ends with 0 when the server of this container answers. */
async function isHealthy(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${process.env.PORT}/api/health`)).ok
  } catch (error) {
    console.error(String(error))
    return false
  }
}

process.exitCode = (await isHealthy()) ? 0 : 1

export {}
