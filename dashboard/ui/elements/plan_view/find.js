// Finding a food while typing: a field with the matches under it, walked with the arrow keys.

const PAUSE_MS = 150
const LETTERS_MIN = 2
const OFTEN_MAX = 8

/**
 * `choose(food)` is told what was picked; `often()` answers foods to offer before anything is typed.
 * `chooseLine(foods)`, where given, is told foods with amounts: of a line such as "2 eggs boiled, toast with butter, latte".
 */
function makeFinder(view, { label, often, choose, chooseLine, leave, fromLabel }) {
  const { texts } = view
  const id = `find-${view.nextNumber()}`
  const field = el("input", {
    type: "text", class: "find", role: "combobox", autocomplete: "off", spellcheck: false, enterKeyHint: "done", maxLength: 400,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, "aria-label": label, placeholder: label,
  })
  const list = el("ul", { class: "matches", id, role: "listbox", "aria-label": texts.matches, hidden: true })
  const note = el("div", { class: "matches-note", hidden: true })
  const written = button({ class: "quiet", onclick: () => { const name = query().slice(0, 80); field.value = ""; hide(); fromLabel(name) } }, null, texts.label_form)
  const box = el("div", { class: "finder" }, field, list, note)
  let timer = 0
  let active = -1
  let entries = [] // { id, name, said, pick }
  let shownFor = "" // the query that the entries answer
  let pressed = null // the entry on which Enter was pressed before the answer to the last letters was there
  let name = label

  const query = () => field.value.trim()
  const isOpen = () => !list.hidden

  /** `notes`: what is said below the matches. `label`: whether a food from its label is offered there. */
  function show(found, heading, notes, label) {
    entries = found
    shownFor = query()
    active = query() && found.length ? 0 : -1
    keyed(list, found, (entry) => entry.id, () => el("li", { role: "option" }, el("span", { class: "food", dir: "auto" }), el("span", { class: "what" })), (option, entry, number) => {
      option.id = `${id}-${number}`
      option.classList.toggle("all", Boolean(entry.all))
      set(option.firstChild, { text: entry.name })
      set(option.lastChild, { text: entry.said })
      option.onpointerdown = (event) => event.preventDefault() // the field keeps the focus
      option.onclick = () => entry.pick()
    })
    set(list, { hidden: !found.length, "aria-label": heading, "aria-busy": "false" })
    note.replaceChildren(...(notes.length ? [el("div", { role: "status" }, ...notes.map((text) => el("p", { text, dir: "auto" }))), ...(label ? [written] : [])] : []))
    set(note, { hidden: !notes.length })
    // Low on the page it would lie under the menu of a phone: the page's own scroll padding keeps it above.
    ;(list.hidden ? note : list).scrollIntoView({ block: "nearest" })
    mark()
  }

  const entryOf = (food) => ({ id: food.id, name: food.name, said: food.said, pick: () => pick(food) })

  /** The foods of a line: all of them at once, or one; the words of the others stay in the field. */
  function entriesOf(line) {
    const every = line.foods.map((weighed, number) => ({
      id: `${number}:${weighed.food.id}:${weighed.grams}`,
      name: weighed.food.name,
      said: weighed.said,
      pick: () => pickLine([weighed], line.all ? [...line.foods.filter((other) => other !== weighed).map((other) => other.text), ...line.left] : line.left),
    }))
    return line.all ? [{ id: `all ${every.map((entry) => entry.id)}`, all: true, name: line.all, said: view.texts.line_all_hint, pick: () => pickLine(line.foods, line.left) }, ...every] : every
  }

  function mark() {
    ;[...list.children].forEach((option, number) => {
      set(option, { "aria-selected": String(number === active) })
      option.classList.toggle("active", number === active)
    })
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
    if (found.length) show(found.map(entryOf), texts.often, [])
    else hide()
  }

  const ask = () => view.search(query(), Boolean(chooseLine), take)

  function take(found) {
    if (found.query !== query() || view.focused() !== field) return
    if (found.line) show(entriesOf(found.line), texts.matches, found.line.notes)
    else show(found.foods.map(entryOf), texts.matches, found.none ? [found.none] : [], Boolean(fromLabel))
    const wanted = pressed
    pressed = null
    if (wanted && entries[active]?.id === wanted) entries[active].pick()
  }

  /** Enter takes what stands there; where letters were typed since, only if the answer to them is the same. */
  function enter() {
    if (shownFor === query()) return entries[active].pick()
    clearTimeout(timer)
    pressed = entries[active].id
    ask()
  }

  function pick(food) {
    clearTimeout(timer)
    field.value = ""
    hide()
    choose(food)
  }

  function pickLine(chosen, left) {
    clearTimeout(timer)
    field.value = left.join(", ")
    hide()
    chooseLine(chosen)
    if (left.length) ask()
  }

  const atRest = () => (chooseLine && view.narrow() ? texts.add_food : name)
  const placeholder = () => (chooseLine && view.focused() === field ? texts.line_example : atRest())

  field.oninput = () => {
    clearTimeout(timer)
    pressed = null
    set(list, { "aria-busy": String(shownFor !== query()) })
    if (query().length >= LETTERS_MIN) timer = setTimeout(ask, PAUSE_MS)
    else if (query()) hide()
    else offerOften()
  }
  field.onblur = () => set(field, { placeholder: atRest() })
  field.onfocus = () => { set(field, { placeholder: placeholder() }); if (query().length >= LETTERS_MIN) ask(); else offerOften() }
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
      active = (active + by + entries.length + (active < 0 && by < 0 ? 1 : 0)) % entries.length
      mark()
    } else if (event.key === "Enter" && active >= 0 && isOpen()) {
      event.preventDefault()
      enter()
    } else if (event.key === "Escape" && (isOpen() || query() || leave)) {
      event.stopPropagation()
      field.value = ""
      hide()
      leave?.()
    }
  }
  return { box, field, update: (newLabel) => { name = newLabel; set(field, { "aria-label": name, placeholder: placeholder() }) } }
}
