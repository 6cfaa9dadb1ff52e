import type { ContactId } from '@otklik/model/ids'

/**
 * Asks one thing of a contact after the other, and after the messages that were written before: requests overtake
 * each other on the way, and a chat that ends must not leave its last answer behind.
 * @param underWay the message of a contact that is just going
 */
export const createTurns = (underWay: (contactId: ContactId) => Promise<unknown> | undefined) => {
  const turns = new Map<ContactId, Promise<unknown>>()
  return <Answer>(contactId: ContactId, ask: () => Promise<Answer>): Promise<Answer> => {
    const before = [turns.get(contactId), underWay(contactId)].filter((each) => each !== undefined)
    const turn = before.length === 0 ? ask() : Promise.allSettled(before).then(ask)
    turns.set(contactId, turn)
    const leave = () => {
      if (turns.get(contactId) === turn) turns.delete(contactId)
    }
    turn.then(leave, leave)
    return turn
  }
}
