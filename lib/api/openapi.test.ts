import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { openApiDocument } from './openapi.ts'
import { operations } from './operations.ts'

it('is a valid OpenAPI 3.1 document with every operation', async () => {
  const document = JSON.parse(JSON.stringify(openApiDocument()))
  const result = await new Validator().validate(document)
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
  expect(document.openapi).toBe('3.1.0')
  for (const { method, path } of operations) expect(document.paths[path], path).toHaveProperty(method)
})
