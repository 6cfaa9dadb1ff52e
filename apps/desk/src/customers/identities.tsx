/** How a customer is known: what channels told, and what the customer only says. */
import { Button } from '@mantine/core'
import { IdentityClaim } from '@otklik/contract/customers'
import { routes } from '@otklik/contract/routes'
import type { CustomerView } from '@otklik/contract/views'
import type { IdentityId } from '@otklik/model/ids'
import { useState } from 'react'
import { Icon, type IconName } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'
import { claimKindOf, type ClaimKind } from './claim-kind.ts'
import { useSaving } from './edited.tsx'
import { useWriting } from './use-writing.ts'

type Identity = CustomerView['identities'][number]
const icons: Record<Identity['kind'], IconName> = { visitor: 'globe', email: 'mail', phone: 'phone' }
const proofTexts = { none: 'customer.proofNone', claimed: 'customer.proofClaimed', verified: 'customer.proofVerified' } as const
const kinds: readonly ClaimKind[] = ['phone', 'email']

const ClaimForm = ({ customer, onDone }: { customer: CustomerView; onDone: () => void }) => {
  const { t } = useTexts()
  const [id] = useState(() => crypto.randomUUID() as IdentityId)
  const [kind, setKind] = useState<ClaimKind>('phone')
  const [isChosen, setChosen] = useState(false)
  const [value, setValue] = useState('')
  const [isWrong, setWrong] = useState(false)
  const saving = useSaving<Identity>(customer.id)
  const submit = async () => {
    const claim = IdentityClaim.safeParse({ id, kind, value })
    setWrong(!claim.success)
    if (!claim.success || saving.isSaving) return
    const isSaved = await saving.save({ find: () => undefined, base: undefined, put: (api) => api.call(routes.claimIdentity, { params: { id: customer.id }, body: { id, kind, value } }) })
    if (isSaved) onDone()
  }
  const remark = t(kind === 'phone' ? 'card.badPhone' : 'card.badEmail')
  return (
    <form
      className="card-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onDone()
      }}
    >
      <span className="segments" role="group" aria-label={t('card.identityKind')}>
        {kinds.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={kind === one}
            onClick={() => {
              setKind(one)
              setChosen(true)
              setWrong(false)
            }}
          >
            {t(`card.${one}`)}
          </button>
        ))}
      </span>
      <input
        className="plain-field"
        autoFocus
        inputMode={kind === 'phone' ? 'tel' : 'email'}
        maxLength={254}
        value={value}
        aria-label={t(`card.${kind}`)}
        aria-invalid={isWrong}
        placeholder={t(kind === 'phone' ? 'card.phoneHint' : 'card.emailHint')}
        onChange={(event) => {
          setValue(event.currentTarget.value)
          setKind(claimKindOf(event.currentTarget.value, kind, isChosen))
          setWrong(false)
        }}
      />
      {isWrong ? <p className="field-error" role="alert">{remark}</p> : <p className="t3 s12">{t('card.claimAside')}</p>}
      <div className="row">
        <Button type="submit" variant="filled" disabled={value.trim() === ''} loading={saving.isSaving}>
          {t('card.add')}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** One identity as it is shown: recognisable, and of no use to anybody. */
export const IdentityLine = ({ identity }: { identity: Identity }) => {
  const { t } = useTexts()
  return (
    <>
      <Icon name={icons[identity.kind]} />
      <span className="cut num" title={identity.shown}>
        {identity.kind === 'visitor' ? `${t('customer.visitorKind')} ${identity.shown}` : identity.shown}
      </span>
      <span className="proof">
        {identity.proof === 'verified' && <Icon name="check" size={12} />}
        {t(proofTexts[identity.proof])}
      </span>
    </>
  )
}

export const Identities = ({ customer }: { customer: CustomerView }) => {
  const { t } = useTexts()
  const { section, writing, begins, end } = useWriting<'new'>()
  const saving = useSaving<Identity>(customer.id)
  const remove = (identity: Identity) =>
    void saving.save({ find: () => undefined, base: undefined, put: (api) => api.call(routes.removeIdentity, { params: { id: customer.id, identityId: identity.id } }) })
  return (
    <section ref={section} aria-label={t('customer.identities')}>
      <ul className="identities">
        {customer.identities.map((identity) => (
          <li key={identity.id}>
            <IdentityLine identity={identity} />
            {identity.removable && customer.isFull && (
              <button type="button" className="icon-button" aria-label={t('card.removeIdentity', { name: identity.shown })} title={t('common.remove')} disabled={saving.isSaving} onClick={() => remove(identity)}>
                <Icon name="close" size={14} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {writing ? (
        <ClaimForm customer={customer} onDone={end} />
      ) : (
        customer.isFull && (
          <Button variant="subtle" leftSection={<Icon name="plus" size={14} />} {...begins('new')}>
            {t('card.addIdentity')}
          </Button>
        )
      )}
    </section>
  )
}
