/** RFC 9457 problem details from refusals, validation errors and bugs. */
import type { Socket } from 'node:net'
import { errorCodes, type ErrorCode, type Problem } from '@otklik/contract/errors'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { PasswordQueueFull } from '../access/passwords.ts'
import type { Refusal } from '../actions/outcome.ts'

type Rest = Partial<Pick<Problem, 'detail' | 'errors' | 'retryAfterSeconds' | 'uses'>>

export const sendProblem = (request: FastifyRequest, reply: FastifyReply, code: ErrorCode, rest: Rest = {}): FastifyReply => {
  const [status, title] = errorCodes[code]
  if (rest.retryAfterSeconds !== undefined) void reply.header('Retry-After', rest.retryAfterSeconds)
  const problem: Problem = { type: 'about:blank', title, status, code, ...rest, requestId: request.id }
  return reply.code(status).header('Content-Type', 'application/problem+json').send(JSON.stringify(problem))
}

export const sendRefusal = (request: FastifyRequest, reply: FastifyReply, { code, detail, retryAfterSeconds, uses }: Refusal): FastifyReply =>
  sendProblem(request, reply, code, {
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(uses === undefined ? {} : { uses }),
  })

const codesOfFastify: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupportedMediaType',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payloadTooLarge',
}

/** SQLSTATE classes in which PostgreSQL says "not now": connections, resources, operator's intervention. */
const unavailableStates = /^(08|53|57P0|57014)/
const unavailableCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
/** The driver's own words for a connection that is gone; it gives them no code. */
const goneConnection = /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Client was closed/

const isUnavailable = (error: Error & { code?: string }): boolean =>
  unavailableStates.test(error.code ?? '') || unavailableCodes.has(error.code ?? '') || goneConnection.test(error.message)

/** The last resort: whatever was thrown, the answer has a code and tells nothing of our inside. */
export const handleError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      path: `${error.validationContext ?? ''}${issue.instancePath.replaceAll('/', '.')}`,
      code: issue.keyword,
      message: issue.message ?? '',
    }))
    return sendProblem(request, reply, 'validationFailed', { errors })
  }
  if (error instanceof PasswordQueueFull) return sendProblem(request, reply, 'rateLimited', { retryAfterSeconds: 2 })
  const known = codesOfFastify[error.code]
  if (known) return sendProblem(request, reply, known)
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return sendProblem(request, reply, 'badRequest')
  request.log.error({ err: error }, 'request failed')
  return sendProblem(request, reply, isUnavailable(error) ? 'unavailable' : 'internal')
}

/** What is no HTTP at all, or has endless headers: it reaches no route, and is answered on the bare connection. */
export const refuseRubbish = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const code: ErrorCode = error.code === 'HPE_HEADER_OVERFLOW' ? 'payloadTooLarge' : 'badRequest'
  const [status, title] = errorCodes[code]
  const body = JSON.stringify({ type: 'about:blank', title, status, code } satisfies Problem)
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
  // Whoever does not read it, or sends on, is not waited for.
  setTimeout(() => socket.destroy(), 1000).unref()
}
