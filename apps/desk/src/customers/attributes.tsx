/** What is known about a customer, as name and value; each is changed in its place. */
import { Button } from '@mantine/core'
import { attributeLength, attributeLimit } from '@otklik/contract/customers'
import { routes } from '@otklik/contract/routes'
import type { CustomerView } from '@otklik/contract/views'
import type { AttributeId } from '@otklik/model/ids'
import { useState } from 'react'
import { Icon } from '../parts/icons.tsx'
import { toast } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { Overtaken, useSaving } from './edited.tsx'
import { useWriteCard } from './use-card.ts'
import { useWriting } from './use-writing.ts'

type Attribute = CustomerView['attributes'][number]

const Form = ({ customer, attribute, onDone }: { customer: CustomerView; attribute: Attribute | undefined; onDone: () => void }) => {
  const { t } = useTexts()
  // As it was when the writing began: only a change of this very thing is a conflict.
  const [base, setBase] = useState(attribute)
  const [id, setId] = useState(() => attribute?.id ?? (crypto.randomUUID() as AttributeId))
  const [name, setName] = useState(attribute?.name ?? '')
  const [value, setValue] = useState(attribute?.value ?? '')
  const saving = useSaving<Attribute>(customer.id)
  const isFilled = name.trim() !== '' && value.trim() !== ''
  const put = async (over: Attribute | undefined, as = id) => {
    const isSaved = await saving.save({
      find: ({ attributes }) => attributes.find((one) => one.id === as),
      base: over,
      put: (api, version) => api.call(routes.putAttribute, { params: { id: customer.id, attributeId: as }, body: { name: name.trim(), value: value.trim(), version } }),
    })
    if (isSaved) onDone()
  }
  const keepMine = () => {
    const theirs = saving.conflict?.theirs
    // What a colleague has removed is written down anew.
    const fresh = theirs ? id : (crypto.randomUUID() as AttributeId)
    setBase(theirs)
    setId(fresh)
    void put(theirs, fresh)
  }
  return (
    <form
      className="card-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isFilled && !saving.isSaving) void put(base)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onDone()
      }}
    >
      <input className="plain-field" autoFocus={attribute === undefined} maxLength={attributeLength} value={name} aria-label={t('card.attributeName')} placeholder={t('card.attributeNameHint')} onChange={(event) => setName(event.currentTarget.value)} />
      <input className="plain-field" autoFocus={attribute !== undefined} maxLength={attributeLength} value={value} aria-label={t('card.attributeValue')} placeholder={t('card.attributeValueHint')} onChange={(event) => setValue(event.currentTarget.value)} />
      {saving.conflict && (
        <Overtaken
          theirs={saving.conflict.theirs && `${saving.conflict.theirs.name}: ${saving.conflict.theirs.value}`}
          onKeepMine={keepMine}
          onTakeTheirs={onDone}
        />
      )}
      {!saving.conflict && (
        <div className="row">
          <Button type="submit" variant="filled" disabled={!isFilled} loading={saving.isSaving}>
            {t('common.save')}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </div>
      )}
    </form>
  )
}

export const Attributes = ({ customer }: { customer: CustomerView }) => {
  const { t } = useTexts()
  const write = useWriteCard(customer.id)
  const saving = useSaving<Attribute>(customer.id)
  const { section, writing, begins, end } = useWriting<AttributeId | 'new'>()
  const remove = async (attribute: Attribute) => {
    const isGone = await saving.save({
      find: ({ attributes }) => attributes.find((one) => one.id === attribute.id),
      base: attribute,
      put: (api, version) => api.call(routes.removeAttribute, { params: { id: customer.id, attributeId: attribute.id }, body: { version } }),
    })
    if (!isGone) return
    const putBack = () =>
      void write<Attribute>({
        find: () => undefined,
        base: undefined,
        put: (api) => api.call(routes.putAttribute, { params: { id: customer.id, attributeId: attribute.id }, body: { name: attribute.name, value: attribute.value, version: 0 } }),
      })
    toast(
      <span className="row">
        <span className="grow">{t('card.attributeRemoved', { name: attribute.name })}</span>
        <Button onClick={putBack}>{t('card.undo')}</Button>
      </span>,
    )
  }
  return (
    <section ref={section} aria-label={t('card.attributes')}>
      <h3>{t('card.attributes')}</h3>
      {customer.attributes.length === 0 && writing === null && <p className="t3">{t('card.noAttributes')}</p>}
      <ul className="card-attributes">
        {customer.attributes.map((attribute) =>
          writing === attribute.id ? (
            <li key={attribute.id}>
              <Form customer={customer} attribute={attribute} onDone={end} />
            </li>
          ) : (
            <li key={attribute.id} className="card-line">
              <button type="button" className="card-edit" title={t('card.changeAttribute', { name: attribute.name })} {...begins(attribute.id)}>
                <span className="t3">{attribute.name}</span>
                <span>{attribute.value}</span>
              </button>
              <button type="button" className="icon-button" aria-label={`${t('common.remove')}: ${attribute.name}`} title={t('common.remove')} disabled={saving.isSaving} onClick={() => void remove(attribute)}>
                <Icon name="close" size={14} />
              </button>
            </li>
          ),
        )}
      </ul>
      {writing === 'new' ? (
        <Form customer={customer} attribute={undefined} onDone={end} />
      ) : (
        customer.attributes.length < attributeLimit && (
          <Button variant="subtle" leftSection={<Icon name="plus" size={14} />} {...begins('new')}>
            {t('card.addAttribute')}
          </Button>
        )
      )}
    </section>
  )
}
