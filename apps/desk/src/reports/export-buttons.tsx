/** One click saves what is shown, as CSV or as a workbook. */
import { Button } from '@mantine/core'
import { Icon } from '../parts/icons.tsx'
import { saveFile } from '../parts/save-file.ts'
import { toast, toastFailure } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { aboutSheet, csvOf, sheetOf, type Shown } from './sheet.ts'

/** @param shown null: there is nothing to save yet */
export const ExportButtons = ({ file, shown }: { file: string; shown: Shown | null }) => {
  const { t, language } = useTexts()
  const save = async (kind: 'csv' | 'xlsx') => {
    if (!shown) return
    const sheets = [sheetOf(shown, t), aboutSheet(shown, t)]
    const name = `${file}.${kind}`
    if (kind === 'csv') saveFile(name, csvOf(sheets, language), 'text/csv;charset=utf-8')
    else {
      const workbook = await import('./workbook.ts').catch(() => null)
      // The room was loaded before the line broke.
      if (!workbook) return toastFailure(t('reports.exportFailed'))
      saveFile(name, workbook.workbookOf(sheets), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    }
    toast(t('reports.exported', { file: name }))
  }
  return (
    <span className="exports" role="group" aria-label={t('reports.export')}>
      {(['csv', 'xlsx'] as const).map((kind) => (
        <Button key={kind} disabled={!shown} leftSection={<Icon name="download" size={14} />} aria-label={`${t('reports.export')}: ${t(`reports.${kind}`)}`} onClick={() => void save(kind)}>
          {t(`reports.${kind}`)}
        </Button>
      ))}
    </span>
  )
}
