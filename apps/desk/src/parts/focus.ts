/** Remembers who has the focus; what is returned gives it back, if that element is still there. */
export const rememberFocus = (): (() => void) => {
  const before = document.activeElement
  return () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus()
  }
}
