/** What a supervisor looks at besides the own desk: the floor, and a contact in other hands. Asked for anew with each connection. */
import type { FloorNews } from '@otklik/contract/floor'
import type { DeskReceive, DeskSend } from '@otklik/contract/realtime'
import type { ContactId } from '@otklik/model/ids'

/** @param send a frame that may be lost with the connection */
export const createOnlookers = (send: (frame: DeskSend) => void) => {
  let onFloor: ((news: FloorNews) => void) | undefined
  let watching: { readonly contactId: ContactId; readonly onNews: (isTyping: boolean) => void } | undefined
  const askFloor = () => {
    if (onFloor) send({ t: 'floor', on: true })
  }

  return {
    askFloor,
    /** The connection is there again. */
    resume() {
      askFloor()
      if (!watching) return
      send({ t: 'watch', contactId: watching.contactId })
      watching.onNews(false)
    },
    receive(frame: DeskReceive) {
      if (frame.t === 'floor') onFloor?.(frame.news)
      if (frame.t === 'watched' && frame.contactId === watching?.contactId) watching.onNews(frame.typing)
    },
    /**
     * Reads along with a contact in other hands, one at a time.
     * @param onNews it changed; or, with `true`, its agent is typing
     * @returns the ending
     */
    watch(contactId: ContactId, onNews: (isTyping: boolean) => void): () => void {
      const own = { contactId, onNews }
      watching = own
      send({ t: 'watch', contactId })
      return () => {
        if (watching !== own) return
        watching = undefined
        send({ t: 'watch', contactId: null })
      }
    },
    /**
     * Shows the floor: all of it, then what changes; all of it again after a break.
     * @returns the ending
     */
    watchFloor(onNews: (news: FloorNews) => void): () => void {
      onFloor = onNews
      send({ t: 'floor', on: true })
      return () => {
        if (onFloor !== onNews) return
        onFloor = undefined
        send({ t: 'floor', on: false })
      }
    },
  }
}
