/** What every screen stands in: look, queries, news, and a way out when a screen breaks. */
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { Api } from '@otklik/client/http'
import type { ReactNode } from 'react'
import { ApiContext, retryUnreachable } from './api.ts'
import { useShownScheme } from './look/theme-choice.ts'
import { theme } from './look/theme.ts'
import { Guarded } from './parts/states.tsx'

export const createQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: retryUnreachable,
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })

/** Styles that Mantine would add at run time carry the page's nonce. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

export const Providers = ({ api, queries, children }: { api: Api; queries: QueryClient; children: ReactNode }) => {
  const scheme = useShownScheme()
  return (
    // The variables stand in mantine.css: the provider would write them through innerHTML, which Trusted Types refuse.
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      withCssVariables={false}
      withGlobalClasses={false}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queries}>
        <ApiContext value={api}>
          <Notifications position="top-center" limit={3} containerWidth={480} />
          <Guarded>{children}</Guarded>
        </ApiContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}
