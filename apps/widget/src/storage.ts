/** What the widget keeps in the browser, by short names under one prefix; another tab's changes are heard. */
export interface Store {
  get(name: string): string | null
  set(name: string, value: string): void
  remove(name: string): void
  /** Names that begin so. */
  names(start: string): string[]
}

type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/**
 * @param area the browser's storage; undefined where the page or the visitor forbids it: then nothing outlives the page
 */
export const createStore = (prefix: string, area: Area | undefined): Store => {
  /** What the browser would not take (forbidden, full): it holds at least until the page is left. */
  const memory = new Map<string, string>()
  return {
    get: (name) => memory.get(name) ?? area?.getItem(prefix + name) ?? null,
    set(name, value) {
      try {
        if (!area) throw new Error('no storage')
        area.setItem(prefix + name, value)
        memory.delete(name)
      } catch {
        memory.set(name, value) // private mode or a full disk: a chat that forgets is better than none
      }
    },
    remove(name) {
      memory.delete(name)
      area?.removeItem(prefix + name)
    },
    names(start) {
      const found = new Set([...memory.keys()].filter((name) => name.startsWith(start)))
      for (let index = 0; index < (area?.length ?? 0); index++) {
        const key = area?.key(index)
        if (key?.startsWith(prefix + start)) found.add(key.slice(prefix.length))
      }
      return [...found]
    },
  }
}

/** The browser's storage, or undefined where reading it is already an error. */
export const findArea = (find: () => Storage): Storage | undefined => {
  try {
    const area = find()
    area.getItem('otklik')
    return area
  } catch {
    return undefined // blocked by the browser's settings or a sandboxed frame
  }
}

/** JSON that a page could have spoilt. */
export const readJson = (text: string | null): unknown => {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined // not ours any more
  }
}
