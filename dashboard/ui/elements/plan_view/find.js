// Finding a food while typing: a field with the matches under it, walked with the arrow keys.

const PAUSE_MS = 150
const LETTERS_MIN = 2
const OFTEN_MAX = 8

/** `choose(food)` is told what was picked; `often()` answers foods to offer before anything is typed. */
function makeFinder(view, { label, often, choose, leave, fromLabel }) {
  const { texts } = view
  const id = `find-${view.nextNumber()}`
  const field = el("input", {
    type: "text", class: "find", role: "combobox", autocomplete: "off", spellcheck: false, enterKeyHint: "done",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-label": label, placeholder: label,
  })
  const list = el("ul", { class: "matches", id, role: "listbox", "aria-label": texts.matches, hidden: true })
  const note = el("div", { class: "matches-note", hidden: true })
  const written = button({ class: "quiet", onclick: () => { const name = query(); field.value = ""; hide(); fromLabel(name) } }, null, texts.label_form)
  const box = el("div", { class: "finder" }, field, list, note)
  let timer = 0
  let active = -1
  let foods = []

  const query = () => field.value.trim()
  const isOpen = () => !list.hidden

  function show(found, heading, none) {
    foods = found
    active = query() && found.length ? 0 : -1
    keyed(list, found, (food) => food.id, () => el("li", { role: "option" }, el("span", { class: "food", dir: "auto" }), el("span", { class: "what" })), (option, food, number) => {
      option.id = `${id}-${number}`
      set(option.firstChild, { text: food.name })
      set(option.lastChild, { text: food.said })
      option.onpointerdown = (event) => event.preventDefault() // the field keeps the focus
      option.onclick = () => pick(food)
    })
    set(list, { hidden: !found.length, "aria-label": heading })
    note.replaceChildren(...(none ? [el("span", { text: none, role: "status" }), ...(fromLabel ? [written] : [])] : []))
    set(note, { hidden: !none })
    mark()
  }

  function mark() {
    ;[...list.children].forEach((option, number) => set(option, { "aria-selected": String(number === active), class: number === active ? "active" : "" }))
    set(field, { "aria-expanded": String(isOpen()), "aria-activedescendant": active >= 0 ? `${id}-${active}` : null })
    list.children[active]?.scrollIntoView({ block: "nearest" })
  }

  function hide() {
    set(list, { hidden: true })
    set(note, { hidden: true })
    active = -1
    mark()
  }

  function offerOften() {
    const found = often().slice(0, OFTEN_MAX)
    if (found.length) show(found, texts.often, "")
    else hide()
  }

  const ask = () => view.search(query(), take)

  function take(found) {
    if (found.query === query() && view.focused() === field) show(found.foods, texts.matches, found.none)
  }

  function pick(food) {
    clearTimeout(timer)
    field.value = ""
    hide()
    choose(food)
  }

  field.oninput = () => {
    clearTimeout(timer)
    if (query().length >= LETTERS_MIN) timer = setTimeout(ask, PAUSE_MS)
    else if (query()) hide()
    else offerOften()
  }
  field.onfocus = () => { if (query().length >= LETTERS_MIN) ask(); else offerOften() }
  box.addEventListener("focusout", (event) => {
    if (box.contains(event.relatedTarget)) return
    clearTimeout(timer)
    hide()
    leave?.()
  })
  field.onkeydown = (event) => {
    if (event.isComposing) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (!isOpen()) return
      const by = event.key === "ArrowDown" ? 1 : -1
      active = (active + by + foods.length + (active < 0 && by < 0 ? 1 : 0)) % foods.length
      mark()
    } else if (event.key === "Enter" && active >= 0 && isOpen()) {
      event.preventDefault()
      pick(foods[active])
    } else if (event.key === "Escape" && (isOpen() || query() || leave)) {
      event.stopPropagation()
      field.value = ""
      hide()
      leave?.()
    }
  }
  return { box, field, update: (newLabel) => set(field, { "aria-label": newLabel, placeholder: view.narrow() ? texts.add_food : newLabel }) }
}
