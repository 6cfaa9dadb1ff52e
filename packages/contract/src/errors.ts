import { z } from 'zod'

/**
 * Every error code that the interface answers with, its HTTP status, and an English title for developers.
 * Screens translate by code; the `detail` of an answer says what to do in this one case.
 */
export const errorCodes = {
  // the request itself
  badRequest: [400, 'The request could not be read'],
  validationFailed: [422, 'Some fields are not valid'],
  payloadTooLarge: [413, 'The request is too large'],
  unsupportedMediaType: [415, 'Send JSON'],
  notFound: [404, 'There is no such thing, or you may not see it'],
  rateLimited: [429, 'Too many requests; wait and try again'],
  // who asks
  notSignedIn: [401, 'Sign in first'],
  notAllowed: [403, 'Your role may not do this'],
  crossSiteRefused: [403, 'The request came from another site'],
  insecureTransport: [403, 'Signing in needs HTTPS beyond localhost'],
  signInFailed: [401, 'E-mail or password is wrong'],
  signInDelayed: [429, 'Too many wrong passwords; wait before the next try'],
  linkInvalid: [410, 'The link is used, expired or wrong'],
  passwordTooWeak: [422, 'Choose a longer or less common password'],
  setupDone: [409, 'Otklik is set up already'],
  setupNeeded: [409, 'Otklik is not set up yet'],
  // changes that meet other changes
  versionConflict: [409, 'Somebody changed this meanwhile'],
  idempotencyMismatch: [409, 'The same key came with a different request'],
  idTaken: [409, 'This id belongs to something else'],
  nameTaken: [409, 'The name is taken'],
  emailTaken: [409, 'The e-mail is taken'],
  inUse: [409, 'It is in use; say what replaces it'],
  archived: [409, 'It is archived'],
  partArchived: [409, 'Something that it needs is archived'],
  lastAdministrator: [409, 'The last administrator must stay'],
  // contacts
  offerGone: [409, 'The offer is no longer open'],
  contactNotYours: [409, 'The contact is not in your hands'],
  contactNotOffered: [409, 'The contact is not offered'],
  contactNotQueued: [409, 'The contact is not in a queue'],
  contactNotActive: [409, 'The contact is not being worked on'],
  contactNotRaised: [409, 'The contact was not raised to the second line'],
  contactNotSnoozed: [409, 'The contact is not put off'],
  noFreePlace: [409, 'The agent holds as many contacts as allowed'],
  contactNotInWrapUp: [409, 'The contact is not in wrap-up'],
  contactClosed: [409, 'The contact is closed'],
  noEscalationQueue: [409, 'The queue has no second line'],
  agentUnavailable: [409, 'The colleague is not at work'],
  sameAgent: [409, 'The contact is with this agent already'],
  queueClosed: [409, 'The queue takes no contacts'],
  // presence
  alreadyAvailable: [409, 'You are available already'],
  alreadyOffline: [409, 'You are signed out already'],
  agentNotAvailable: [409, 'The agent is not available'],
  contactsInHand: [409, 'You have contacts in hand; say what becomes of them'],
  // visitors
  visitorUnknown: [401, 'The visitor token is unknown or expired'],
  visitorBlocked: [403, 'This visitor was blocked'],
  originRefused: [403, 'This site is not on the channel’s list'],
  consentNeeded: [422, 'The visitor has not agreed yet'],
  nothingToEnd: [409, 'There is no chat to end'],
  alreadyRated: [409, 'This chat is rated already'],
  notRateable: [409, 'This chat cannot be rated'],
  // customers
  attributeLimitReached: [409, 'The card holds as many attributes as it can'],
  bothInConversation: [409, 'Both are in a conversation in the same channel: end one of them first'],
  oneIsBlocked: [409, 'One of the two is blocked: unblock or block both first'],
  alreadyMerged: [409, 'They are one customer already'],
  mergeTooOld: [409, 'The merge can no longer be undone'],
  laterMergeFirst: [409, 'Undo the later merge first'],
  numberMismatch: [422, 'The number is not that of the customer'],
  // files
  fileTooLarge: [413, 'The file is too large'],
  fileTypeRefused: [415, 'Files of this kind are not taken'],
  fileMismatch: [415, 'The content of the file is not what its name says'],
  fileBroken: [422, 'The picture cannot be read'],
  fileEmpty: [422, 'The file is empty'],
  fileLimitReached: [409, 'Too much was uploaded today'],
  fileGone: [409, 'A file of this message is not there: upload it again'],
  // the server
  routerDown: [503, 'Contacts are not being distributed right now'],
  unavailable: [503, 'The service is starting or stopping; try again'],
  internal: [500, 'Something went wrong on our side'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof errorCodes
const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]

/** RFC 9457 problem details, as `application/problem+json`. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(codes),
  detail: z.string().optional(),
  /** With `validationFailed`: the fields, as JSON paths, and what is wrong with each. */
  errors: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  /** With `rateLimited` and `signInDelayed`. */
  retryAfterSeconds: z.int().optional(),
  /** With `inUse`: what uses it, by kind. */
  uses: z.record(z.string(), z.int()).optional(),
  /** Finds this answer in the server's log. */
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>
