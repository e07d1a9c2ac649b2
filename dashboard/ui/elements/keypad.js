// A phone shows the keypad of numbers, with its comma or point, for the fields in containers of this name, also those that come later.
function keypad(name) {
  const ask = () => document.querySelectorAll(`[class*="st-key-${name}"] input`).forEach((field) => { field.inputMode = "decimal" })
  ask()
  if (!window.b12Keypad) {
    window.b12Keypad = new MutationObserver(ask)
    window.b12Keypad.observe(document.body, { childList: true, subtree: true })
  }
}
