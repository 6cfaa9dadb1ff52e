/** What a transition table answers: the next state, or a refusal that names why. */
export type Transition<State, Refusal extends string> =
  | { readonly ok: true; readonly state: State }
  | { readonly ok: false; readonly refusal: Refusal }

/** A table: for each state, the inputs that it takes and where each leads. What is absent is refused. */
export type TransitionTable<State extends string, Input extends string> = {
  readonly [from in State]: { readonly [input in Input]?: State }
}

/** Every (from, input, to) of a table, for tests, documents and replay. */
export const listTransitions = <State extends string, Input extends string>(table: TransitionTable<State, Input>) =>
  (Object.entries(table) as [State, { [input in Input]?: State }][]).flatMap(([from, inputs]) =>
    (Object.entries(inputs) as [Input, State][]).map(([input, to]) => ({ from, input, to })),
  )
