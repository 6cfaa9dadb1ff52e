/**
 * The look of the widget, as constructed stylesheets: they pass a policy that forbids inline styles, and the page's own
 * rules do not reach inside. On the host element an `!important` of ours wins over an `!important` of the page.
 */
import { coloursOf } from './colour.ts'

const look = `
:host { all: initial !important; position: fixed !important; inset: auto !important; display: block !important;
  width: 0 !important; height: 0 !important; direction: ltr !important; unicode-bidi: isolate !important;
  z-index: 2147483647 !important; overflow: visible !important; color-scheme: light !important; }
*, ::before, ::after { box-sizing: border-box; }
.root { font: 400 14px/20px Inter, system-ui, sans-serif;
  color: #1d1b18; text-align: start; -webkit-text-size-adjust: 100%; }
button, textarea, input { font: inherit; color: inherit; margin: 0; }
button { cursor: pointer; background: none; border: 0; padding: 0; touch-action: manipulation; }
h2, h3, p { margin: 0; font: inherit; }
a { color: var(--w-ink); }
:focus-visible { outline: 2px solid var(--w-ink); outline-offset: 2px; }
.i { width: 16px; height: 16px; flex: none; display: block; fill: none; stroke: currentColor; stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.grow { flex: 1; min-width: 0; }
.cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.open { position: fixed; bottom: calc(var(--w-bottom) + env(safe-area-inset-bottom)); width: 56px; height: 56px; border-radius: 50%;
  display: grid; place-items: center; background: var(--w); color: var(--w-on); box-shadow: 0 0 0 1px #1d1b1814, 0 8px 24px -6px #1d1b1859; }
.open .i { width: 26px; height: 26px; stroke-width: 1.25; }
.right .open, .right .w { right: calc(24px + env(safe-area-inset-right)); }
.left .open, .left .w { left: calc(24px + env(safe-area-inset-left)); }
.badge { position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
  background: #b02a21; color: #fff; font-size: 12px; line-height: 22px; font-weight: 600; text-align: center; box-shadow: 0 0 0 2px #fff; font-variant-numeric: tabular-nums; }
.w { position: fixed; bottom: calc(var(--w-bottom) + env(safe-area-inset-bottom)); width: 376px;
  height: min(600px, calc(100dvh - var(--w-bottom) - 24px)); display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
  background: #fff; border-radius: var(--w-r); overflow: hidden; box-shadow: 0 0 0 1px #1d1b1814, 0 24px 64px -16px #1d1b1847; animation: in 140ms ease-out; }
.w:focus { outline: none; }
@keyframes in { from { opacity: 0; transform: translateY(8px); } }
header { display: flex; align-items: center; gap: 12px; padding: 12px 8px 12px 16px; background: var(--w); color: var(--w-on); }
header .grow { overflow-wrap: anywhere; } header h2 { font-weight: 600; font-size: 15px; line-height: 20px; } header p { font-size: 13px; line-height: 18px; }
header :focus-visible { outline-color: var(--w-on); outline-offset: -4px; }
.ib { width: 44px; height: 44px; display: grid; place-items: center; border-radius: 8px; flex: none; }
.ib + .ib { margin-left: -12px; }
.ib:hover { background: color-mix(in srgb, var(--w-on) 13%, transparent); }
.face { position: relative; width: 36px; height: 36px; border-radius: 50%; display: grid; place-items: center; flex: none; font-weight: 600;
  background: color-mix(in srgb, var(--w-on) 20%, transparent); }
.face.on::after { content: ""; position: absolute; right: -1px; bottom: -1px; width: 10px; height: 10px; border-radius: 50%; background: #7ee0ac; box-shadow: 0 0 0 2px var(--w); }
.body { position: relative; display: grid; min-height: 0; }
.log { padding: 8px 16px 12px; display: flex; flex-direction: column; overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; }
.log:focus-visible { outline-offset: -2px; }
.push { flex: 1 0 0; }
.m { position: relative; flex: none; width: fit-content; max-width: 84%; padding: 7px 12px; border-radius: 12px; margin-top: 8px; animation: in 140ms ease-out; }
.m::after { content: ""; display: block; clear: both; }
.m.bot { border: 1px solid #e8e5df; white-space: pre-wrap; overflow-wrap: anywhere; }
.m.in { align-self: flex-start; background: #f3f1ed; border-bottom-left-radius: 4px; }
.m.out { align-self: flex-end; background: var(--w-soft); border-bottom-right-radius: 4px; }
.m.same { margin-top: 3px; }
.m.bad, p.bad { background: #fbeae8; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; }
.by { display: block; font-size: 12px; line-height: 16px; color: #6b675f; margin-bottom: 1px; }
.meta { float: right; display: inline-flex; align-items: center; gap: 4px; margin: 5px -4px -3px 12px; font-size: 11px; line-height: 16px; color: #55514a; font-variant-numeric: tabular-nums; }
.meta .i { width: 14px; height: 14px; }
.bad .meta { color: #b02a21; }
.sys { flex: none; text-align: center; margin: 12px 0 4px; color: #6b675f; font-size: 12px; line-height: 18px; }
.again { text-align: end; margin-top: 4px; color: #b02a21; }
.link { min-height: 44px; margin: -13px 0 -13px 10px; color: var(--w-ink); font-weight: 500; text-decoration: underline; text-underline-offset: 2px; }
.dots { display: flex; gap: 4px; padding: 14px 12px; }
.dots i { width: 6px; height: 6px; border-radius: 50%; background: #8f8a81; animation: dot 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: 150ms; } .dots i:nth-child(3) { animation-delay: 300ms; }
@keyframes dot { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; } }
.newest { position: absolute; bottom: 8px; left: 50%; transform: translateX(-50%); height: 44px; padding: 0 16px; border-radius: 22px; background: #fff; color: var(--w-ink);
  font-weight: 500; font-size: 13px; white-space: nowrap; box-shadow: 0 0 0 1px #1d1b1814, 0 8px 24px -6px #1d1b1859; }
.card { flex: none; margin-top: 12px; padding: 14px 16px; border-radius: 12px; border: 1px solid #e8e5df; }
.card h3 { font-size: 15px; line-height: 22px; font-weight: 600; } .card p { color: #55514a; font-size: 13px; line-height: 18px; margin-top: 2px; }
.steps { display: flex; align-items: center; gap: 6px; margin: 0 0 10px; }
.steps i { width: 10px; height: 10px; border-radius: 50%; background: #d5d1c9; }
.steps u { flex: none; width: 14px; height: 1px; background: #d5d1c9; }
.steps .me { width: auto; height: 22px; padding: 0 9px; border-radius: 11px; background: var(--w); color: var(--w-on); font: inherit; font-weight: 600; font-size: 12px; line-height: 22px; white-space: nowrap; }
.two { display: flex; gap: 6px; margin-top: 12px; } .two .p { flex: 1; }
.wbtn { min-height: 44px; padding: 0 14px; border-radius: 8px; border: 1px solid #8f8a81; font-weight: 500; font-size: 13px; white-space: nowrap; background: #fff; }
.wbtn:hover, .rate label:hover { background: #faf9f7; }
.wbtn.p { background: var(--w); border-color: var(--w); color: var(--w-on); }
.wbtn.p[disabled] { background: #f1efeb; border-color: #d5d1c9; color: #6b675f; cursor: default; }
.rate { display: grid; grid-template-columns: repeat(5, 1fr); gap: 6px; margin-top: 12px; }
.rate label { position: relative; height: 56px; border-radius: 10px; border: 1px solid #8f8a81; display: grid; place-items: center; color: #55514a; cursor: pointer; }
.rate input { position: absolute; inset: 0; opacity: 0; cursor: pointer; }
.rate label:focus-within:has(:focus-visible) { outline: 2px solid var(--w-ink); outline-offset: 2px; }
.stars label { border-color: transparent; font-size: 28px; opacity: .5; } .stars .on { opacity: 1; }
.rate .on, .rate .on:hover { border-color: var(--w-ink); background: var(--w-soft); color: var(--w-ink); box-shadow: inset 0 0 0 1px var(--w-ink); }
.face5 { width: 28px; height: 28px; stroke-width: .9; }
.ends { display: flex; justify-content: space-between; font-size: 12px; color: #6b675f; margin-top: 4px; }
.ta { display: block; width: 100%; min-height: 60px; margin-top: 10px; padding: 8px 12px; border: 1px solid #8f8a81; border-radius: 10px; background: #fff; resize: none; }
footer { padding: 0 12px calc(10px + var(--w-safe, 0px)); }
.says { display: flex; align-items: center; gap: 8px; margin-bottom: 8px; padding: 7px 12px; border-radius: 10px; background: #f3f1ed; color: #55514a; font-size: 13px; line-height: 18px; }
.ask { padding: 6px 6px 6px 12px; } .ask .wbtn + .wbtn { margin-left: -2px; }
.in-box { display: flex; align-items: flex-end; gap: 4px; min-height: 46px; padding: 0 5px 0 12px; border: 1px solid #8f8a81; border-radius: 12px; }
.in-box:focus-within { border-color: var(--w-ink); box-shadow: inset 0 0 0 1px var(--w-ink); }
.clip { margin: 0 -4px 0 -12px; }
.files { max-height: 190px; margin-bottom: 8px; overflow-y: auto; }
.file { display: flex; align-items: center; gap: 8px; width: 100%; min-width: 0; min-height: 44px; padding: 2px 0; text-align: start; }
.files .file { padding: 0 0 0 10px; border-radius: 10px; background: #f3f1ed; }
.file .cut, small { display: block; } small { font-size: 12px; color: #55514a; }
button.file { color: var(--w-ink); }
progress { width: 72px; accent-color: var(--w-ink); }
.pic { margin: 2px 0 4px; border-radius: 8px; overflow: hidden; background: #1d1b1814; }
.pic, canvas { display: block; max-width: min(100%, 256px); max-height: 320px; min-width: 44px; min-height: 44px; }
.write { flex: 1; min-width: 0; padding: 12px 0; border: 0; background: none; resize: none; height: 44px; line-height: 20px; outline: none; overflow-wrap: anywhere; scrollbar-width: thin; }
::placeholder { color: #6b675f; opacity: 1; }
.count { align-self: center; font-size: 11px; line-height: 14px; color: #6b675f; max-width: 72px; text-align: end; font-variant-numeric: tabular-nums; }
.count.bad { color: #b02a21; font-weight: 600; }
.send { position: relative; width: 34px; height: 34px; margin-bottom: 5px; border-radius: 9px; display: grid; place-items: center; flex: none; background: var(--w); color: var(--w-on); }
.send::after { content: ""; position: absolute; inset: -5px; }
.send[aria-disabled=true] { background: #f1efeb; color: #6b675f; cursor: default; }
.fine { margin-top: 8px; text-align: center; font-size: 11px; line-height: 16px; color: #6b675f; } .fine a { color: inherit; }
@media (max-width: 480px) {
  .open { bottom: calc(var(--w-bottom) - 8px + env(safe-area-inset-bottom)); }
  .right .open { right: calc(16px + env(safe-area-inset-right)); } .left .open { left: calc(16px + env(safe-area-inset-left)); }
  .root .w { inset: 0 0 auto; top: var(--w-top, 0); width: auto; height: var(--w-height, 100dvh); border-radius: 0; box-shadow: none; }
  header { padding: calc(14px + env(safe-area-inset-top)) 8px 14px 16px; }
  .write, .ta { font-size: 16px; }
  .w { --w-safe: env(safe-area-inset-bottom); }
}
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .open, .w, .send { border: 1px solid; } .rate .on { outline: 2px solid Highlight; } }
@media print { .root { display: none; } }
`

export interface Placing {
  readonly accent: string
  /** Distance of the button from the bottom of the window, pixels. */
  readonly bottom: number
  /** Corner of the panel, pixels. */
  readonly radius: number
}

const sheetOf = (css: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}

let shared: CSSStyleSheet | undefined

/** Dresses a shadow root; called again when the settings change. */
export const dress = (root: ShadowRoot, { accent, bottom, radius }: Placing): void => {
  const { accent: base, on, ink, soft } = coloursOf(accent)
  const own = `.root { --w: ${base}; --w-on: ${on}; --w-ink: ${ink}; --w-soft: ${soft}; --w-bottom: ${bottom}px; --w-r: ${radius}px; }`
  root.adoptedStyleSheets = [(shared ??= sheetOf(look)), sheetOf(own)]
}
