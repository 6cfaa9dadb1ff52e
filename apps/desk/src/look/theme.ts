/**
 * Mantine restyled once, from the tokens. Its variables are written out in mantine.css instead of being put into the
 * page by the provider: the provider does that through innerHTML, which Trusted Types refuse.
 */
import {
  Button,
  Checkbox,
  ColorInput,
  createTheme,
  Drawer,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
  type MantineColorsTuple,
} from '@mantine/core'

/** Ten shades around the accent; the sixth is `--accent` in light, the fourth in dark. */
export const petrol: MantineColorsTuple = [
  '#e5f0f2', '#cfe3e7', '#b4d3d9', '#8dbcc6', '#4fb0c4', '#2f8496', '#0d6475', '#0a5362', '#084551', '#06222a',
]

// One height and one way of showing an error for every field.
const field = {
  size: 'sm',
  inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
}
// The page itself never scrolls, so there is nothing to lock; the lock would add an inline style sheet. What is opened is
// there at once: the next key is for it (use-keys.ts).
const floating = { lockScroll: false, transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.32 } }
// Theirs is a <header>, which would be the page's banner a second time.
const attributes = { header: { role: 'presentation' } }
const comboboxProps = { transitionProps: { duration: 80 }, shadow: 'pop', offset: 4 }

export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  primaryShade: { light: 6, dark: 4 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'never', // base.css draws the one focus ring for everything
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm', variant: 'default' } }),
    TextInput: TextInput.extend({ defaultProps: field }),
    PasswordInput: PasswordInput.extend({ defaultProps: field }),
    Textarea: Textarea.extend({ defaultProps: field }),
    // Decimals are let in, and refused where a whole number is needed: without them 1,5 would become 15.
    NumberInput: NumberInput.extend({ defaultProps: { ...field, clampBehavior: 'none' } }),
    Select: Select.extend({
      defaultProps: { ...field, comboboxProps, allowDeselect: false, checkIconPosition: 'right' },
    }),
    MultiSelect: MultiSelect.extend({ defaultProps: { ...field, comboboxProps } }),
    ColorInput: ColorInput.extend({ defaultProps: { ...field, format: 'hex' } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm', withThumbIndicator: false } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'sm' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm' } }),
    Menu: Menu.extend({
      defaultProps: { withInitialFocusPlaceholder: false, shadow: 'pop', offset: 4, transitionProps: { duration: 80 } },
    }),
    Modal: Modal.extend({ defaultProps: { ...floating, attributes, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: { ...floating, attributes } }),
    DrawerRoot: Drawer.Root.extend({ defaultProps: floating }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 80 },
        events: { hover: true, focus: true, touch: false },
      },
    }),
  },
})
