/** What `env()` demands of a server, so that a rule that reads the configuration can be tested without one. */
Object.assign(process.env, {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgresql://127.0.0.1:1/none',
  AUTH_SECRET: 'a secret of the tests, which keep nothing',
  LOG_LEVEL: 'silent',
})
