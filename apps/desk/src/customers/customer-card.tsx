/** The card of a customer as a page of its own: who it is, what is known and written, everything that happened. */
import { Button, Menu } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiUnreachable } from '@otklik/client/http'
import type { CustomerExport } from '@otklik/contract/customers'
import { routes } from '@otklik/contract/routes'
import type { CustomerView, SessionView } from '@otklik/contract/views'
import type { ContactId, CustomerId } from '@otklik/model/ids'
import { useEffect, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { isKnownRegion } from '../parts/customer-name.ts'
import { BlockControl, CustomerHead } from '../parts/customer-panel.tsx'
import { Icon } from '../parts/icons.tsx'
import { saveFile } from '../parts/save-file.ts'
import { Banner, Empty, Failed, Skeleton } from '../parts/states.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { toast, toastFailure } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { Attributes } from './attributes.tsx'
import { EraseDialog, MergeDialog } from './card-dialogs.tsx'
import { Consents, Merges } from './documents.tsx'
import { Identities } from './identities.tsx'
import { CustomerNotes } from './notes.tsx'
import { useCard } from './use-card.ts'

type Role = SessionView['agent']['role']

/** A document alone, or an archive where files belong to it. */
const saveExport = async (number: number, { document, links }: { document: CustomerExport; links: readonly { fileId: string; url: string }[] }): Promise<string> => {
  const name = `customer-${number}.${links.length > 0 ? 'zip' : 'json'}`
  if (links.length === 0) saveFile(name, JSON.stringify(document, null, 2), 'application/json')
  else {
    const { packExport } = await import('./pack-export.ts').catch((cause: unknown) => {
      throw new ApiUnreachable('the room was loaded before the line broke', { cause })
    })
    saveFile(name, await packExport({ document, links, fetch: (url) => fetch(url) }), 'application/zip')
  }
  return name
}

const Actions = ({ customer, role, onMerge, onErase }: { customer: CustomerView; role: Role; onMerge: () => void; onErase: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const save = useMutation({
    mutationFn: async () => saveExport(customer.number, await api.call(routes.exportCustomer, { params: { id: customer.id } })),
    onSuccess: (file) => toast(t('card.exported', { file })),
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  return (
    <Menu withinPortal={false} position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" data-merges className="icon-button" aria-label={t('customers.actions')} title={t('customers.actions')} data-loading={save.isPending}>
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {role !== 'administrator' && <Menu.Item leftSection={<Icon name="link" />} onClick={onMerge}>{t('card.merge')}</Menu.Item>}
        {role !== 'agent' && <Menu.Item leftSection={<Icon name="down" />} onClick={() => save.mutate()}>{t('card.export')}</Menu.Item>}
        {role === 'administrator' && <Menu.Item leftSection={<Icon name="close" />} className="danger" onClick={onErase}>{t('card.erase')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}

const CardTimeline = ({ customer, opened, timeZone }: { customer: CustomerView; opened: ContactId | null; timeZone: string }) => {
  const { t } = useTexts()
  const api = useApi()
  const contacts = useInfiniteQuery({
    queryKey: ['customerContacts', customer.id],
    queryFn: ({ pageParam, signal }) => api.call(routes.customerContacts, { params: { id: customer.id }, query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 10_000,
  })
  return (
    <section>
      <h3>{t('timeline.title', { count: customer.contactCount })}</h3>
      {contacts.isPending ? (
        <Skeleton rows={3} height={44} />
      ) : contacts.isError ? (
        <Failed title={t('timeline.failed')} failure={failureOf(contacts.error)} onRetry={() => void contacts.refetch()} />
      ) : (
        <Timeline
          contacts={contacts.data.pages.flatMap((page) => page.items)}
          linkOf={(id) => `/customers/${customer.id}?contact=${id}`}
          current={null}
          inWrapUp={false}
          opened={opened}
          timeZone={timeZone}
          hasMore={contacts.hasNextPage}
          isLoadingMore={contacts.isFetchingNextPage}
          onMore={() => void contacts.fetchNextPage()}
        />
      )}
    </section>
  )
}

const Facts = ({ customer }: { customer: CustomerView }) => {
  const { t } = useTexts()
  return (
    <section aria-label={t('customer.attributes')}>
      <dl className="facts">
        <dt>{t('customers.numberOf')}</dt>
        <dd className="num">{customer.number}</dd>
        <dt>{t('customer.region')}</dt>
        <dd className="cut" title={customer.region}>{isKnownRegion(customer.region) ? customer.region : t('customer.unknown')}</dd>
      </dl>
    </section>
  )
}

const Parts = ({ customer, opened, timeZone, actions }: { customer: CustomerView; opened: ContactId | null; timeZone: string; actions: ReactNode }) => {
  const { t } = useTexts()
  return (
    <div className="card-columns">
      <div className="panel-inner">
        <CustomerHead customer={customer} shown={customer} timeZone={timeZone} mayRename={customer.isFull} beside={actions} />
        {!customer.isFull && <p className="card-aside">{t('customers.hiddenForKeeper')}</p>}
        <Identities customer={customer} />
        <Facts customer={customer} />
        {customer.isFull && <CustomerNotes customer={customer} timeZone={timeZone} />}
        {customer.isFull && <Attributes customer={customer} />}
      </div>
      <div className="panel-inner">
        {customer.isFull ? <CardTimeline customer={customer} opened={opened} timeZone={timeZone} /> : <p className="card-aside">{t('timeline.title', { count: customer.contactCount })}</p>}
        <Merges customer={customer} timeZone={timeZone} />
        <Consents customer={customer} timeZone={timeZone} />
        {customer.isFull && (
          <section>
            <BlockControl customer={customer} />
          </section>
        )}
      </div>
    </div>
  )
}

export const CustomerCard = ({ id, role, opened, timeZone }: { id: CustomerId; role: Role; opened: ContactId | null; timeZone: string }) => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const card = useCard(id, { live: true })
  const [dialog, setDialog] = useState<'merge' | 'erase' | null>(null)
  const known = card.data
  // Under the address of somebody who was found to be somebody else.
  const survivor = known?.id
  useEffect(() => {
    if (survivor !== undefined && survivor !== id) void navigate(`/customers/${survivor}`, { replace: true })
  }, [survivor, id, navigate])
  const isGone = card.isError && failureOf(card.error) === 'notFound'
  useEffect(() => {
    // Then what was found with it is old news, too.
    if (isGone) void queries.invalidateQueries({ queryKey: ['find'] })
  }, [isGone, queries])
  if (card.isPending) return <Skeleton rows={6} height={40} />
  if (isGone)
    return (
      <div className="centre">
        <Empty icon="lock" title={t('customers.goneTitle')} text={t('customers.goneText')}>
          <Button onClick={() => void navigate('/customers')}>{t('customers.back')}</Button>
        </Empty>
      </div>
    )
  if (!known) return <Failed title={t('customer.failed')} failure={failureOf(card.error)} onRetry={() => void card.refetch()} />
  const close = () => setDialog(null)
  return (
    <div className="card-page">
      {card.isError && <Banner tone="warn" icon="wifiOff" text={t(`errors.${failureOf(card.error)}`)} />}
      <Parts
        customer={known}
        opened={opened}
        timeZone={timeZone}
        actions={<Actions customer={known} role={role} onMerge={() => setDialog('merge')} onErase={() => setDialog('erase')} />}
      />
      <MergeDialog customer={known} opened={dialog === 'merge'} onClose={close} />
      <EraseDialog
        customer={known}
        opened={dialog === 'erase'}
        onClose={close}
        onErased={() => {
          close()
          void navigate('/customers', { replace: true })
        }}
      />
    </div>
  )
}
