/**
 * Carries changes over to a newer version: fields that were changed here stay as they were typed, all others become
 * those of the newer version. Nothing that was typed is lost, and nobody's change is undone by a field not touched.
 */
export const rebase = <Fields extends object>(base: Fields, mine: Fields, theirs: Fields): Fields => {
  const isTouched = (field: keyof Fields) => JSON.stringify(mine[field]) !== JSON.stringify(base[field])
  const touched = (Object.keys(mine) as (keyof Fields)[]).filter(isTouched)
  return { ...theirs, ...Object.fromEntries(touched.map((field) => [field, mine[field]])) }
}
