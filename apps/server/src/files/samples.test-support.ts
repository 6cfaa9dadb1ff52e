/** Files for tests: real ones, and ones that mean no good. */
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

type Entry = readonly [name: string, content: string]

/** A ZIP archive whose entries are stored as they are. */
const zipOf = (entries: readonly Entry[]): Buffer => {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, content] of entries) {
    const [path, data] = [Buffer.from(name), Buffer.from(content)]
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(crc32(data), 0)
    sizes.writeUInt32LE(data.length, 4)
    sizes.writeUInt32LE(data.length, 8)
    const lengths = Buffer.from([path.length, 0, 0, 0])
    const common = [Buffer.from([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]), sizes, lengths]
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), ...common, path, data])
    const at = Buffer.alloc(4)
    at.writeUInt32LE(offset)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), ...common, Buffer.alloc(10), at, path]))
    local.push(head)
    offset += head.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

const officeOf = (part: string, type: string): Buffer =>
  zipOf([
    ['[Content_Types].xml', `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`],
    [part, '<x/>'],
  ])
const openDocumentOf = (type: string): Buffer => zipOf([['mimetype', `application/vnd.oasis.opendocument.${type}`], ['content.xml', '<x/>']])

export const docx = officeOf('word/document.xml', 'wordprocessingml.document')
export const xlsx = officeOf('xl/workbook.xml', 'spreadsheetml.sheet')
export const pptx = officeOf('ppt/presentation.xml', 'presentationml.presentation')
export const odt = openDocumentOf('text')
export const ods = openDocumentOf('spreadsheet')
export const zip = zipOf([['hello.txt', 'hello']])
export const jar = zipOf([['META-INF/MANIFEST.MF', 'Manifest-Version: 1.0\n'], ['Main.class', 'x']])
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n')
export const mp3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)])
export const wav = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\0\0\0\0', 'latin1')])
export const ogg = Buffer.concat([Buffer.from('OggS\0\x02', 'latin1'), Buffer.alloc(20), Buffer.from('\x01\x1e\x01vorbis', 'latin1'), Buffer.alloc(60)])
export const mp4 = Buffer.concat([Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'latin1'), Buffer.alloc(64)])
export const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(64)])
/** The head of a Windows program. */
export const exe = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0', 'latin1'), Buffer.alloc(400), Buffer.from('PE\0\0', 'latin1')])

/** A place on Earth, as cameras write it. */
const gps = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 21/1', GPSLongitudeRef: 'E', GPSLongitude: '37/1 37/1 2/1' } }
const canary = 'canary of the camera'

const drawing = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#3b6fd8' } })
export const jpeg = (width = 1200, height = 900): Promise<Buffer> =>
  drawing(width, height).withExif({ IFD0: { Copyright: canary }, ...gps }).jpeg().toBuffer()
export const png = (width = 800, height = 400): Promise<Buffer> => drawing(width, height).png().toBuffer()
export const webp = (): Promise<Buffer> => drawing(300, 200).webp().toBuffer()
export const gif = (): Promise<Buffer> => drawing(300, 200).gif().toBuffer()

const chunk = (kind: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(kind), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
/** A whole black PNG of 81 megapixels in ten kilobytes: more than anybody should unpack. */
export const pixelBomb = (): Buffer => {
  const side = 9000
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head[8] = 1 // one bit a pixel
  const pixels = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))))
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}
