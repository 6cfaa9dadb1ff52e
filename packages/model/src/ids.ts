/**
 * Branded identifiers. Every id is a UUID chosen by whoever creates the thing, so that a repeated request
 * creates it once.
 */
declare const brand: unique symbol
type Id<Kind extends string> = string & { readonly [brand]: Kind }

export type AgentId = Id<'agent'>
export type TeamId = Id<'team'>
export type SiteId = Id<'site'>
export type SkillId = Id<'skill'>
export type QueueId = Id<'queue'>
export type ReasonId = Id<'notReadyReason'>
export type DispositionId = Id<'disposition'>
export type ChannelAccountId = Id<'channelAccount'>
export type CustomerId = Id<'customer'>
export type IssueId = Id<'issue'>
export type ContactId = Id<'contact'>
export type MessageId = Id<'message'>
export type OfferId = Id<'offer'>
export type FileId = Id<'file'>
export type TemplateId = Id<'template'>
export type ArticleId = Id<'article'>
export type IdentityId = Id<'identity'>
export type AttributeId = Id<'attribute'>
export type CustomerNoteId = Id<'customerNote'>
export type MergeId = Id<'merge'>
