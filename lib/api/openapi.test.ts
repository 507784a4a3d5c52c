import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { answerSchema } from './chat.ts'
import { openApiDocument } from './openapi.ts'
import { operations } from './operations.ts'
import { problemSchema } from './problem.ts'

it('is a valid OpenAPI 3.1 document with every operation', async () => {
  const document = JSON.parse(JSON.stringify(openApiDocument()))
  const result = await new Validator().validate(document)
  expect(result.errors).toBeUndefined()
  expect(result.valid).toBe(true)
  expect(document.openapi).toBe('3.1.0')
  for (const { method, path } of operations) expect(document.paths[path], path).toHaveProperty(method)
  expect(Object.keys(document.paths['/health'].get.responses)).toEqual(['200', '500'])
})

it('gives every request an example that can be sent as it is, and that names nothing which may not be there', () => {
  for (const { method, path, body } of operations) {
    if (!body) continue
    const example: unknown = z.globalRegistry.get(body)?.example
    expect(body.safeParse(example).error, `${method} ${path}`).toBeUndefined()
    expect(JSON.stringify(example), `${method} ${path}`).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/)
  }
  const { schemas } = JSON.parse(JSON.stringify(openApiDocument())).components
  expect(answerSchema.safeParse(schemas.Answer.example).error).toBeUndefined()
  expect(problemSchema.safeParse(schemas.Problem.example).error).toBeUndefined()
})

it('asks for no body where none needs to be sent', () => {
  const { paths } = openApiDocument()
  const clear = paths?.['/conversations/{conversationId}/clear']?.post
  expect(clear?.requestBody).toMatchObject({ required: false })
  expect(paths?.['/chat']?.post?.requestBody).toMatchObject({ required: true })
})
